set(WEIR_PYTHON python3 CACHE STRING "Python for tests; ./dev gives one that has pyarrow")

# Qt Test defines the folder of each program, which nobody here asks for. Programs that differ cannot share compiled
# headers, and what was compiled in one clone is not found from another.
function(weir_forget_test_folders)
  get_target_property(definitions Qt6::Test INTERFACE_COMPILE_DEFINITIONS)
  list(FILTER definitions EXCLUDE REGEX QT_TESTCASE_)
  set_target_properties(Qt6::Test PROPERTIES INTERFACE_COMPILE_DEFINITIONS "${definitions}")
endfunction()

# The class that a test file says.
function(weir_test_class source out)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  file(STRINGS ${source} said REGEX "^WEIR_TEST\\(")
  if(NOT said MATCHES "^WEIR_TEST\\(([A-Za-z0-9_]+)\\)$")
    message(FATAL_ERROR "${CMAKE_CURRENT_SOURCE_DIR}/${source} has to say WEIR_TEST(Class), once.")
  endif()
  set(${out} ${CMAKE_MATCH_1} PARENT_SCOPE)
endfunction()

# weir_add_tests(<program> TESTS <test>=<file>... [SOURCES <file>...] [LINK <target>...] [USES <target>...]
#                [GUI] [OWN_MAIN] [LABELS <label>...] [TIMEOUT <seconds>] [ENVIRONMENT <NAME=value>...])
# One Qt Test program for the tests of a folder, each of which is one for ctest: a file with one class, said by
# WEIR_TEST(Class); OWN_MAIN: one that has a main. SOURCES is what they share, USES what they run. Labels with a meaning for CI:
# `concurrent` (runs under the thread sanitizer), `slow` and `python` (do not run under the address sanitizer).
function(weir_add_tests program)
  cmake_parse_arguments(arg "GUI;OWN_MAIN" "TIMEOUT" "TESTS;SOURCES;LINK;USES;LABELS;ENVIRONMENT" ${ARGN})
  if(NOT WEIR_TESTS)
    return()
  endif()
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "weir_add_tests(${program}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()

  if(arg_GUI)
    set(application QApplication)
    set(headers widgets_test)
    list(APPEND arg_LINK weir_pointer)
  else()
    set(application QCoreApplication)
    set(headers test)
  endif()
  set(sources ${arg_SOURCES})
  set(declarations "")
  set(rows "")
  foreach(test ${arg_TESTS})
    string(REGEX MATCH "^([^=]+)=(.+)$" matched ${test})
    set(name ${CMAKE_MATCH_1})
    set(source ${CMAKE_MATCH_2})
    list(APPEND sources ${source})
    if(arg_OWN_MAIN)
      add_test(NAME ${name} COMMAND ${program})
    else()
      weir_test_class(${source} class)
      string(APPEND declarations "int run${class}(int, char**);\n")
      string(APPEND rows "    {\"${name}\", run${class}},\n")
      add_test(NAME ${name} COMMAND ${program} ${name})
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
      ENVIRONMENT "WEIR_PLUGIN_PATH=${WEIR_PLUGIN_DIRECTORY};${arg_ENVIRONMENT}")
  endforeach()
  if(NOT arg_OWN_MAIN)
    configure_file(${PROJECT_SOURCE_DIR}/tests/program/main.cpp.in ${program}_main.cpp @ONLY)
    list(APPEND sources ${CMAKE_CURRENT_BINARY_DIR}/${program}_main.cpp)
  endif()

  add_executable(${program} ${sources})
  set_target_properties(${program} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_link_libraries(${program} PRIVATE ${arg_LINK} weir_test_places Qt6::Core Qt6::Test)
  # The C interface has a member of the name of one of Qt's keywords.
  target_compile_definitions(${program} PRIVATE QT_NO_KEYWORDS)
  weir_layer(${program} tests)
  weir_precompile(${program} ${headers})
  if(arg_USES)
    add_dependencies(${program} ${arg_USES})
  endif()
endfunction()

# weir_add_test(<name> SOURCE <file>...): a program with one test; the rest as above.
function(weir_add_test name)
  cmake_parse_arguments(arg "" "SOURCE" "" ${ARGN})
  weir_add_tests(${name}_program TESTS ${name}=${arg_SOURCE} ${arg_UNPARSED_ARGUMENTS})
endfunction()

# The *_test.cpp of this folder as <test>=<file>, with a prefix before their names.
function(weir_find_tests prefix out)
  file(GLOB sources CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} *_test.cpp)
  list(TRANSFORM sources REPLACE "^(.*)\\.cpp$" "${prefix}\\1=\\1.cpp")
  set(${out} ${sources} PARENT_SCOPE)
endfunction()
