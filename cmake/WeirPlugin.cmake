# weir_add_plugin(<name> SOURCES <file>... [LINK <library>...] [MANIFEST plugin.json])
# Builds a plugin library: one exported symbol, the manifest embedded in the ELF section `weir_manifest`.
# Installed with the SDK, so that third parties build plugins with the same function.
function(weir_add_plugin name)
  cmake_parse_arguments(arg "" "MANIFEST;OUTPUT_DIRECTORY" "SOURCES;LINK" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "weir_add_plugin(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_MANIFEST)
    set(arg_MANIFEST ${CMAKE_CURRENT_SOURCE_DIR}/plugin.json)
  endif()
  if(NOT arg_OUTPUT_DIRECTORY)
    set(arg_OUTPUT_DIRECTORY ${WEIR_PLUGIN_DIRECTORY})
  endif()
  get_filename_component(manifest ${arg_MANIFEST} ABSOLUTE)
  file(READ ${manifest} text)
  string(JSON plugin ERROR_VARIABLE problem GET "${text}" plugin)
  if(problem)
    message(FATAL_ERROR "weir_add_plugin(${name}): ${manifest} is not a manifest: ${problem}")
  endif()

  set(target weir_plugin_${name})
  # As C or C++, whichever the project speaks: a function cannot switch the assembler language on.
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if("CXX" IN_LIST languages)
    set(embedded ${CMAKE_CURRENT_BINARY_DIR}/${name}_manifest.cpp)
  else()
    set(embedded ${CMAKE_CURRENT_BINARY_DIR}/${name}_manifest.c)
  endif()
  # `a` (allocated) and `R` (retained) keep the section through strip and --gc-sections.
  file(GENERATE OUTPUT ${embedded} CONTENT
    "__asm__(\".pushsection weir_manifest,\\\"aR\\\",@progbits\\n.incbin \\\"${manifest}\\\"\\n.popsection\");\ntypedef int weir_manifest_is_embedded;\n")
  set_source_files_properties(${embedded} PROPERTIES OBJECT_DEPENDS ${manifest})
  set(exports ${CMAKE_CURRENT_BINARY_DIR}/${name}.exports)
  file(WRITE ${exports} "{ global: weir_plugin; local: *; };\n")

  add_library(${target} MODULE ${arg_SOURCES} ${embedded})
  target_link_libraries(${target} PRIVATE weir_sdk ${arg_LINK})
  target_link_options(${target} PRIVATE -Wl,--version-script=${exports})
  if(NOT WEIR_SANITIZE)
    target_link_options(${target} PRIVATE -Wl,-z,defs)
  endif()
  set_target_properties(${target} PROPERTIES
    PREFIX "" OUTPUT_NAME ${name} LIBRARY_OUTPUT_DIRECTORY ${arg_OUTPUT_DIRECTORY}
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  if(COMMAND weir_layer)
    weir_layer(${target} plugin)
  endif()
endfunction()
