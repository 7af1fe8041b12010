#include "services/gateway/src/answers.hpp"

#include <algorithm>

#include "platform/json/json.hpp"

namespace bordero::gateway {
namespace {

const char* title_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid:
      return "The request is not valid";
    case ErrorKind::unauthenticated:
      return "Not signed in";
    case ErrorKind::forbidden:
      return "Not allowed";
    case ErrorKind::not_found:
      return "Not found";
    case ErrorKind::wrong_method:
      return "Not with this method";
    case ErrorKind::refused:
      return "The state does not allow it";
    case ErrorKind::stale:
      return "Somebody was first";
    case ErrorKind::too_large:
      return "Too large";
    case ErrorKind::unsupported:
      return "Not this content type";
    case ErrorKind::mismatch:
      return "The key was used for something else";
    case ErrorKind::version_required:
      return "A version is required";
    case ErrorKind::too_many:
      return "Too many requests";
    case ErrorKind::unavailable:
      return "Not available now";
    default:
      return "A fault of ours";
  }
}

class Body {
 public:
  void text(const char* key, std::string_view value) {
    open(key);
    json::append_string(out_, value);
  }
  void number(const char* key, int value) {
    open(key);
    out_ += std::to_string(value);
  }
  void texts(const char* key, const std::vector<std::string>& values) {
    open(key);
    out_ += '[';
    for (const std::string& value : values) {
      if (out_.back() != '[') out_ += ',';
      json::append_string(out_, value);
    }
    out_ += ']';
  }
  void fields(const char* key, const std::vector<FieldError>& errors) {
    open(key);
    out_ += '[';
    for (const FieldError& error : errors) {
      if (out_.back() != '[') out_ += ',';
      Body one;
      one.text("field", error.field);
      one.text("code", error.code);
      if (!error.detail.empty()) one.text("detail", error.detail);
      out_ += std::move(one).done();
    }
    out_ += ']';
  }
  std::string done() && { return out_ + "}"; }

 private:
  void open(const char* key) {
    if (out_.size() > 1) out_ += ',';
    json::append_string(out_, key);
    out_ += ':';
  }
  std::string out_ = "{";
};

}  // namespace

httpd::Response problem(const Error& error, const std::string& trace_id) {
  const int status = static_cast<int>(error.kind);
  Body body;
  body.text("type", "/problems/" + error.reason);
  body.text("title", title_of(error.kind));
  body.number("status", status);
  if (!error.detail.empty()) body.text("detail", error.detail);
  body.text("code", error.reason);
  if (!error.fields.empty()) body.fields("errors", error.fields);
  if (error.kind == ErrorKind::refused && !error.allowed.empty()) {
    body.texts("allowed", error.allowed);
  }
  if (error.kind == ErrorKind::stale) body.number("current_version", error.current_version);
  body.text("trace_id", trace_id);

  httpd::Response response =
      text_answer(status, "application/problem+json", std::move(body).done());
  const bool may_pass = error.kind == ErrorKind::unavailable || error.kind == ErrorKind::too_many;
  if (may_pass || error.retry_after_s > 0) {
    response.headers.emplace_back("Retry-After", std::to_string(std::max(1, error.retry_after_s)));
  }
  if (error.kind == ErrorKind::wrong_method) {
    std::string methods;
    for (const std::string& method : error.allowed) {
      methods += (methods.empty() ? "" : ", ") + method;
    }
    response.headers.emplace_back("Allow", methods);
  }
  if (error.kind == ErrorKind::unauthenticated) {
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
  }
  return response;
}

httpd::Response text_answer(int status, std::string type, std::string body) {
  httpd::Response response;
  response.status = status;
  response.headers = {{"Content-Type", std::move(type)}, {"Cache-Control", "no-store"}};
  response.body = std::move(body);
  return response;
}

}  // namespace bordero::gateway
