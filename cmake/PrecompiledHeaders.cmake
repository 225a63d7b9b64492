# Headers of Qt and of the standard library that nearly every file of the designer and of the tests includes are compiled
# once for the whole tree. Not ours, so that a file that misses an #include of ours is found at once; and not for the core,
# where it would save a tenth, and not the half as with Qt's.
#
#   weir_precompile(<target> <set>)   compiles a target with one of the sets below: qt_core, qt_widgets, test, widgets_test
#
# Programs are compiled for other addresses than libraries (-fPIE, -fPIC), so the sets of tests are programs.
option(WEIR_PRECOMPILED_HEADERS "Compile common headers once" ON)

set(standard <algorithm> <array> <atomic> <cstdint> <cstring> <deque> <functional> <map> <memory> <mutex>
    <optional> <set> <span> <string> <string_view> <utility> <vector>)
set(WEIR_HEADERS_qt_core ${standard} <QtCore>)
set(WEIR_HEADERS_qt_widgets ${standard} <QtWidgets>)
set(WEIR_HEADERS_test ${standard} <QTest>)
set(WEIR_HEADERS_widgets_test ${WEIR_HEADERS_qt_widgets} <QTest>)

function(weir_make_precompiled set)
  set(target weir_headers_${set})
  if(TARGET ${target})
    return()
  endif()
  set(source ${CMAKE_BINARY_DIR}/headers/${set}.cpp)
  if(set MATCHES "test$")
    file(CONFIGURE OUTPUT ${source} CONTENT "int main() {}\n")
    add_executable(${target} ${source})
    target_link_libraries(${target} PRIVATE Qt6::Test)
  else()
    file(CONFIGURE OUTPUT ${source} CONTENT "using NothingElse = int;\n")
    add_library(${target} OBJECT ${source})
  endif()
  if(set STREQUAL qt_core)
    target_link_libraries(${target} PRIVATE Qt6::Core)
  elseif(set MATCHES "widgets")
    target_link_libraries(${target} PRIVATE Qt6::Widgets)
  endif()
  target_compile_definitions(${target} PRIVATE QT_NO_KEYWORDS)
  target_precompile_headers(${target} PRIVATE ${WEIR_HEADERS_${set}})
endfunction()

function(weir_precompile target set)
  if(WEIR_PRECOMPILED_HEADERS)
    weir_make_precompiled(${set})
    # Out of precompiled headers g++ 12 warns of the standard library's own strings, where it is quiet out of plain ones.
    target_compile_options(${target} PRIVATE
      "$<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread>")
    target_precompile_headers(${target} REUSE_FROM weir_headers_${set})
  endif()
endfunction()
