set(WEIR_PYTHON python3 CACHE STRING "Python for tests; ./dev gives one that has pyarrow")

# weir_add_test(<name> SOURCES <file>... [LINK <target>...] [LABELS <label>...] [TIMEOUT <seconds>])
# One Qt Test executable; what it runs besides (`weir`, plugins) it names with add_dependencies. Labels with a meaning
# for CI: `concurrent` (runs under the thread sanitizer), `slow` and `python` (do not run under the address sanitizer). Tests belong to the layer `tests`, unless they are a plugin's (LAYER plugin).
function(weir_add_test name)
  cmake_parse_arguments(arg "" "LAYER;TIMEOUT" "SOURCES;LINK;LABELS;ENVIRONMENT" ${ARGN})
  if(NOT WEIR_TESTS)
    return()
  endif()
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "weir_add_test(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${arg_LINK} Qt6::Core Qt6::Test)
  target_compile_definitions(${name} PRIVATE QT_NO_KEYWORDS) # weir_host has a member of that name
  weir_layer(${name} tests)
  add_test(NAME ${name} COMMAND ${name})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT})
  if(arg_LABELS)
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}")
  endif()
  set_tests_properties(${name} PROPERTIES ENVIRONMENT
    "WEIR_PLUGIN_PATH=${WEIR_PLUGIN_DIRECTORY};${arg_ENVIRONMENT}")
endfunction()
