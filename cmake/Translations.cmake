# weir_translations(<target> <folder>): each weir_<language>.ts of the folder becomes :/translations/weir_<language>.qm
# among the resources of the target, so another language is one file. The code says Q_INIT_RESOURCE(translations).
function(weir_translations target folder)
  find_program(WEIR_LRELEASE lrelease HINTS ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS} REQUIRED)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/translations)
  set(compiled "")
  set(rows "")
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/weir_*.ts)
  foreach(source ${sources})
    get_filename_component(name ${source} NAME_WE)
    add_custom_command(OUTPUT ${out}/${name}.qm
      COMMAND ${WEIR_LRELEASE} -silent -nounfinished ${source} -qm ${out}/${name}.qm
      DEPENDS ${source} COMMENT "Translation ${name}")
    list(APPEND compiled ${out}/${name}.qm)
    string(APPEND rows "<file>${name}.qm</file>")
  endforeach()
  file(CONFIGURE OUTPUT ${out}/translations.qrc
    CONTENT "<RCC><qresource prefix=\"/translations\">${rows}</qresource></RCC>\n")
  # By hand: AUTORCC does not wait for files that are made. Later formats hold the times of the files.
  set(code ${out}/translations.cpp)
  add_custom_command(OUTPUT ${code}
    COMMAND Qt6::rcc --format-version 1 --name translations --output ${code} ${out}/translations.qrc
    DEPENDS ${compiled} ${out}/translations.qrc COMMENT "Translations")
  set_source_files_properties(${code} PROPERTIES SKIP_AUTOGEN ON SKIP_PRECOMPILE_HEADERS ON)
  target_sources(${target} PRIVATE ${code})
endfunction()
