# The shared library of all services, one target a folder, so that a test links what it uses.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(opentelemetry-cpp CONFIG REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc)
find_package(PostgreSQL REQUIRED)
find_package(GTest CONFIG REQUIRED)
pkg_check_modules(hiredis REQUIRED IMPORTED_TARGET hiredis)
pkg_check_modules(rabbitmq REQUIRED IMPORTED_TARGET librabbitmq)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(tcmalloc REQUIRED IMPORTED_TARGET libtcmalloc_minimal)
pkg_check_modules(argon2 REQUIRED IMPORTED_TARGET libargon2)
find_library(HPDF_LIBRARY hpdf REQUIRED)
pkg_check_modules(png REQUIRED IMPORTED_TARGET libpng)
pkg_check_modules(xlsxwriter REQUIRED IMPORTED_TARGET xlsxwriter)
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl)

add_library(bordero_options INTERFACE)
target_include_directories(bordero_options INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/proto)
target_include_directories(bordero_options SYSTEM INTERFACE ${Boost_INCLUDE_DIRS})
target_compile_options(bordero_options INTERFACE
  -Wall -Wextra -Werror -Wno-missing-field-initializers -Wno-mismatched-new-delete -fcoroutines ${hardening})
target_compile_definitions(bordero_options INTERFACE BOOST_ASIO_NO_DEPRECATED)
target_link_libraries(bordero_options INTERFACE Threads::Threads)
add_link_options(-fuse-ld=lld)

# The contract: messages only; calls between services are generic, so no stubs are generated.
file(GLOB_RECURSE proto_files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/proto
     ${CMAKE_SOURCE_DIR}/proto/*.proto)
set(generated ${CMAKE_BINARY_DIR}/proto)
file(MAKE_DIRECTORY ${generated})
set(proto_sources)
foreach(proto IN LISTS proto_files)
  string(REGEX REPLACE "\\.proto$" ".pb" stem ${proto})
  add_custom_command(
    OUTPUT ${generated}/${stem}.cc ${generated}/${stem}.h
    COMMAND protobuf::protoc -I ${CMAKE_SOURCE_DIR}/proto --cpp_out=${generated} ${proto}
    DEPENDS ${CMAKE_SOURCE_DIR}/proto/${proto} VERBATIM)
  list(APPEND proto_sources ${generated}/${stem}.cc ${generated}/${stem}.h)
endforeach()
# The contract's files by name, so that reflection finds them without naming one.
list(JOIN proto_files "\",\n\"" contract_files)
file(CONFIGURE OUTPUT ${generated}/contract_files.inc CONTENT "\"${contract_files}\"\n" @ONLY)
add_library(bordero_proto STATIC ${proto_sources})
target_include_directories(bordero_proto SYSTEM PUBLIC ${generated})
target_link_libraries(bordero_proto PUBLIC protobuf::libprotobuf)

# folder_library(folder test libraries…): bordero_<last part> of <folder>/*.cpp, and the test program
# of its *_test.cpp.
function(folder_library folder test)
  get_filename_component(name ${folder} NAME)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  add_library(bordero_${name} STATIC ${sources})
  target_link_libraries(bordero_${name} PUBLIC bordero_options ${ARGN})
  if(tests)
    bordero_test(${test} "${tests}" bordero_${name} bordero_testing)
  endif()
endfunction()

function(platform_library name)
  folder_library(platform/${name} platform_${name}_test ${ARGN})
endfunction()

# One test program; its cases are found when ctest runs. `RESOURCE_LOCK`s are not needed: every
# test brings stores of its own.
function(bordero_test name sources)
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE ${ARGN} GTest::gtest_main GTest::gmock)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600 WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()

platform_library(base absl::time absl::strings spdlog::spdlog OpenSSL::Crypto PkgConfig::sodium)
# Whole: the contract is read by reflection, so messages that no code names must be there too.
platform_library(json bordero_base $<LINK_LIBRARY:WHOLE_ARCHIVE,bordero_proto>)
platform_library(images bordero_base PkgConfig::png)
platform_library(telemetry bordero_base absl::bad_variant_access prometheus-cpp::core
                 opentelemetry-cpp::trace
                 opentelemetry-cpp::otlp_http_exporter)
platform_library(policy bordero_base)
platform_library(threads bordero_telemetry)
platform_library(pg bordero_json bordero_telemetry bordero_tls PostgreSQL::PostgreSQL OpenSSL::Crypto)
platform_library(tls bordero_base OpenSSL::SSL)
platform_library(redis bordero_base bordero_telemetry bordero_tls PkgConfig::hiredis)
platform_library(lists bordero_pg bordero_search)
platform_library(search bordero_base ICU::uc)
platform_library(rpc bordero_json bordero_pg bordero_policy bordero_search bordero_telemetry bordero_tls PkgConfig::sodium gRPC::grpc++)
platform_library(mq bordero_pg bordero_rpc bordero_telemetry bordero_tls PkgConfig::rabbitmq)
platform_library(background bordero_mq)
platform_library(projection bordero_background bordero_lists bordero_redis)
platform_library(http bordero_base bordero_telemetry)
platform_library(reminders bordero_background bordero_lists)
platform_library(jobs bordero_reminders)
platform_library(https bordero_base bordero_telemetry absl::cleanup PkgConfig::curl)
platform_library(testing bordero_pg bordero_mq bordero_redis bordero_tls OpenSSL::SSL ZLIB::ZLIB)
add_library(bordero_platform INTERFACE)
target_link_libraries(bordero_platform INTERFACE bordero_base bordero_json bordero_telemetry
  bordero_policy bordero_pg bordero_redis bordero_lists bordero_search bordero_rpc bordero_mq
  bordero_background bordero_projection bordero_reminders bordero_jobs bordero_threads bordero_http
  bordero_https bordero_images)

# The invented agency, which `bordero seed` fills databases with. Seeding alone links it.
folder_library(demo demo_test bordero_pg)

# Micro-benchmarks, built by name: platform_pg_bench.
find_package(benchmark CONFIG QUIET)
if(benchmark_FOUND)
  add_executable(platform_pg_bench EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/platform/pg/bench/pg_bench.cpp)
  target_link_libraries(platform_pg_bench PRIVATE bordero_pg bordero_testing benchmark::benchmark)
endif()
