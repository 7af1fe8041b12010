# bordero_service(crm): the library of services/crm with its migrations, the one of its invented data
# (src/seed), its unit tests (src/**/*_test.cpp) and its service tests (tests/*.cpp).
function(bordero_service name)
  # telegram_bot lives in services/telegram-bot.
  string(REPLACE "_" "-" word ${name})
  set(folder ${CMAKE_SOURCE_DIR}/services/${word})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/src/*.cpp)
  set(unit_tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  set(seed_sources ${sources})
  list(FILTER sources EXCLUDE REGEX "/src/seed/")
  list(FILTER seed_sources INCLUDE REGEX "/src/seed/")
  list(FILTER unit_tests INCLUDE REGEX "_test\\.cpp$")
  if(NOT sources)
    return()
  endif()

  file(GLOB migrations CONFIGURE_DEPENDS ${folder}/migrations/*.sql)
  set(embedded ${CMAKE_BINARY_DIR}/migrations/${name}_migrations.cpp)
  add_custom_command(
    OUTPUT ${embedded}
    COMMAND ${CMAKE_COMMAND} -DSERVICE=${name} "-DFILES=${migrations}" -DOUT=${embedded}
            -P ${CMAKE_SOURCE_DIR}/cmake/embed_migrations.cmake
    DEPENDS ${migrations} ${CMAKE_SOURCE_DIR}/cmake/embed_migrations.cmake
    VERBATIM)

  add_library(bordero_${name} STATIC ${sources} ${embedded})
  target_include_directories(bordero_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(bordero_${name} PUBLIC bordero_platform PkgConfig::argon2)
  set(whole bordero_${name})
  if(seed_sources)
    add_library(bordero_${name}_seed STATIC ${seed_sources})
    target_link_libraries(bordero_${name}_seed PUBLIC bordero_${name} bordero_demo)
    set(whole bordero_${name}_seed)
  endif()
  if(unit_tests)
    bordero_test(${name}_unit_test "${unit_tests}" ${whole})
  endif()
  file(GLOB service_tests CONFIGURE_DEPENDS ${folder}/tests/*.cpp)
  if(service_tests)
    bordero_test(${name}_service_test "${service_tests}" ${whole} bordero_testing)
  endif()
  set_property(GLOBAL APPEND PROPERTY bordero_services ${whole})
endfunction()
