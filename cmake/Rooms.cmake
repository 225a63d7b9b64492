# The rooms of a layer: folders named by what flows through them, first things first. A room may use those that it
# names here, and what they use. It can only name rooms before it, so there are no circles.
#
#   weir_rooms(<folder> <room>[:<room>,...]...)
#
# A folder with rooms has no code beside them, but in `tests`. A definition is found at once: a .cpp has a header of its
# own name, or lies in a folder whose header has the folder's name. What is in a folder `internal` is included from the
# folder around it alone, and from tests.
set(WEIR_ROOM_FOLDERS "")

function(weir_rooms folder)
  set(known "")
  foreach(entry ${ARGN})
    string(REGEX MATCH "^([^:]+):?(.*)$" matched ${entry})
    set(room ${CMAKE_MATCH_1})
    string(REPLACE "," ";" used "${CMAKE_MATCH_2}")
    set(closure ${room})
    foreach(other ${used})
      if(NOT other IN_LIST known)
        message(FATAL_ERROR "Rooms.cmake: ${folder}/${room} uses '${other}', which is no room before it: ${known}.")
      endif()
      list(APPEND closure ${WEIR_ROOM_MAY_USE_${folder}/${other}} ${other})
    endforeach()
    list(REMOVE_DUPLICATES closure)
    set(WEIR_ROOM_MAY_USE_${folder}/${room} ${closure})
    set(WEIR_ROOM_MAY_USE_${folder}/${room} ${closure} PARENT_SCOPE)
    list(APPEND known ${room})
  endforeach()
  set(WEIR_ROOMS_${folder} ${known} PARENT_SCOPE)
  set(WEIR_ROOM_FOLDERS ${WEIR_ROOM_FOLDERS} ${folder} PARENT_SCOPE)
endfunction()

weir_rooms(core/topology model file:model graph:model parts:file,graph check:parts plan:check)
weir_rooms(core/drawing look fonts icons:look words:look,fonts picture:words layout:picture routing:picture
           exports:icons,layout,routing)
weir_rooms(core/runtime ports time:ports batch:ports codec:ports state:codec formats:codec
           input:time,batch,state,formats output:time,batch,formats node:input,output figures:node
           commit:figures task:commit engine:task)
weir_rooms(core/adapters/embedded home files segments:files embedded_log:segments state:files)
weir_rooms(core/adapters/host guard library:guard call:library load:call check:load)
weir_rooms(designer/model edits document:edits file:document help:edits service:file,help)
weir_rooms(designer/ui theme widgets:theme canvas:widgets panels:widgets shell:widgets workbench:canvas,panels,shell)
weir_rooms(designer/ui/canvas picture paint:picture scene:paint gestures:scene widgets:scene accessibility:scene
           navigation:scene commands:widgets,navigation insertion:gestures,widgets,navigation
           view:gestures,accessibility,commands,insertion)
weir_rooms(designer/ui/panels panel fields inspector:panel,fields palette lists:panel text:panel)
weir_rooms(designer/ui/shell settings commands documents window:settings,commands,documents)
weir_rooms(app command_line runner commands:command_line,runner message_main:commands designer_main)

# The room of a file in a folder with rooms; empty where the file is elsewhere.
function(weir_room_of path folder out)
  set(room "")
  if(NOT path MATCHES "/tests/" AND path MATCHES "^${folder}/([^/]+)/")
    set(room ${CMAKE_MATCH_1})
  endif()
  set(${out} "${room}" PARENT_SCOPE)
endfunction()

function(weir_check_internal file include)
  if(include MATCHES "^(.*/)internal/[^/]+$")
    set(around ${CMAKE_MATCH_1})
    if(NOT file MATCHES "(^|/)tests/" AND NOT file MATCHES "^${around}")
      message(FATAL_ERROR "Room check: ${file} has #include \"${include}\", which is internal to ${around}. "
                          "Use what lies there beside `internal`, or move the header out of it.")
    endif()
  endif()
endfunction()

function(weir_check_room file include)
  weir_check_internal(${file} ${include})
  foreach(folder ${WEIR_ROOM_FOLDERS})
    weir_room_of(${file} ${folder} room)
    weir_room_of(${include} ${folder} used)
    if(room AND used AND NOT used IN_LIST WEIR_ROOM_MAY_USE_${folder}/${room})
      message(FATAL_ERROR "Room check: ${file} has #include \"${include}\" of the room ${folder}/${used}, which is not "
                          "allowed. ${room} may use: ${WEIR_ROOM_MAY_USE_${folder}/${room}}. Move what both need into a "
                          "room before both, or let the table in cmake/Rooms.cmake name it.")
    endif()
  endforeach()
endfunction()

# That a file lies in a room, where its folder has some.
function(weir_check_place file)
  foreach(folder ${WEIR_ROOM_FOLDERS})
    if(file MATCHES "^${folder}/" AND NOT file MATCHES "/tests/|/main\\.cpp$")
      weir_room_of(${file} ${folder} room)
      if(NOT room IN_LIST WEIR_ROOMS_${folder})
        message(FATAL_ERROR "Room check: ${file} lies in no room. ${folder} has: ${WEIR_ROOMS_${folder}}. "
                            "Put it into one of them, or add a room to the table in cmake/Rooms.cmake.")
      endif()
    endif()
  endforeach()
endfunction()

# That the header with the declarations of a .cpp is found by its name.
function(weir_check_header file)
  if(NOT file MATCHES "\\.cpp$" OR file MATCHES "(^|/)tests/|/(main|plugin)\\.cpp$")
    return()
  endif()
  get_filename_component(folder ${file} DIRECTORY)
  get_filename_component(room ${folder} NAME)
  string(REGEX REPLACE "\\.cpp$" ".hpp" own ${file})
  if(NOT EXISTS ${CMAKE_SOURCE_DIR}/${own} AND NOT EXISTS ${CMAKE_SOURCE_DIR}/${folder}/${room}.hpp)
    message(FATAL_ERROR "Room check: ${file} has no header of its own name, and ${folder} has no ${room}.hpp: nobody "
                        "would look for a definition there. Add the header, or put the definition where it is declared.")
  endif()
endfunction()
