# The contract with its comments, embedded for the documents that are generated from it.
set(contract_set ${generated}/contract.binpb)
set(contract_cpp ${generated}/contract.cpp)
add_custom_command(
  OUTPUT ${contract_cpp} BYPRODUCTS ${contract_set}
  COMMAND protobuf::protoc -I ${CMAKE_SOURCE_DIR}/proto --include_source_info --include_imports
          --descriptor_set_out=${contract_set} ${proto_files}
  COMMAND ${CMAKE_COMMAND} -DIN=${contract_set} -DOUT=${contract_cpp}
          -P ${CMAKE_SOURCE_DIR}/cmake/embed_contract.cmake
  DEPENDS ${proto_sources} ${CMAKE_SOURCE_DIR}/cmake/embed_contract.cmake VERBATIM)
add_library(bordero_contract STATIC ${contract_cpp})
target_link_libraries(bordero_gateway PUBLIC bordero_contract)
