# weir_automoc(<target> <source>...): moc for a target whose sources are found by globbing. With CMake 3.25 and Ninja
# moc does not see a header that is new, since it only watches those that it knows; so it starts over when the list
# has changed.
function(weir_automoc target)
  set_target_properties(${target} PROPERTIES AUTOMOC ON)
  set(known ${CMAKE_CURRENT_BINARY_DIR}/${target}_sources.txt)
  set(before "")
  if(EXISTS ${known})
    file(READ ${known} before)
  endif()
  if(NOT before STREQUAL "${ARGN}")
    file(REMOVE ${CMAKE_CURRENT_BINARY_DIR}/${target}_autogen/timestamp)
    file(WRITE ${known} "${ARGN}")
  endif()
endfunction()
