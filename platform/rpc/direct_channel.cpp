#include "platform/rpc/channel.hpp"

namespace bordero::rpc {
namespace {

class DirectChannel : public Channel {
 public:
  explicit DirectChannel(Dispatcher& dispatcher) : dispatcher_(dispatcher) {}
  awaitable<AnyReply> call(Envelope envelope, const Message& request, const Message&) override {
    return dispatcher_.dispatch(std::move(envelope), request);
  }
  bool connected() const override { return true; }

 private:
  Dispatcher& dispatcher_;
};

}  // namespace

std::unique_ptr<Channel> direct_channel(Dispatcher& dispatcher) {
  return std::make_unique<DirectChannel>(dispatcher);
}

}  // namespace bordero::rpc
