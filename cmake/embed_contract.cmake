# Writes the contract with its comments into a C++ file: they become the words of the documents.
file(READ ${IN} bytes HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)"
       "\\1\n" bytes "${bytes}")
file(WRITE ${OUT} "#include <cstddef>

namespace bordero::gateway {

extern const unsigned char kContract[];
extern const std::size_t kContractSize;
const unsigned char kContract[] = {\n${bytes}};
const std::size_t kContractSize = sizeof kContract;

}  // namespace bordero::gateway
")
