# SPDX-License-Identifier: MIT
# cmake -D gdb=<path> -D script=<lanewise.py> -D program=<built from source> -D source=<gdb.cpp> -P gdb.cmake
# Every line "// v: text" of the source: gdb, stopped in stop() and one frame up, prints v as text.
if(NOT gdb)
  message(STATUS "skipped: no gdb")
  return()
endif()
set(names)
set(commands)
file(STRINGS ${source} lines)
foreach(line IN LISTS lines)
  if(line MATCHES "// ([a-z0-9_]+): ((simd|mask)<.*})$")
    list(APPEND names ${CMAKE_MATCH_1})
    set(expected_${CMAKE_MATCH_1} "${CMAKE_MATCH_2}")
    list(APPEND commands -ex "echo ${CMAKE_MATCH_1}:" -ex "output ${CMAKE_MATCH_1}" -ex "echo \\n")
  endif()
endforeach()
if(NOT names)
  message(FATAL_ERROR "${source} expects nothing")
endif()

execute_process(COMMAND ${gdb} -nx -batch -ex "set width 0" -ex "source ${script}" -ex "break stop" -ex run -ex up
    ${commands} ${program}
  OUTPUT_VARIABLE output ERROR_VARIABLE errors)
if("${output}${errors}" MATCHES "(ptrace: Operation not permitted|Python scripting is not supported)")
  message(STATUS "skipped: ${CMAKE_MATCH_1}")
  return()
endif()
foreach(name IN LISTS names)
  string(FIND "${output}" "\n${name}:${expected_${name}}\n" found)
  if(found EQUAL -1)
    message(SEND_ERROR "gdb does not show ${name} as ${expected_${name}}:\n${output}\n${errors}")
  endif()
endforeach()
