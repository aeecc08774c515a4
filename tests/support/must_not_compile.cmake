# SPDX-License-Identifier: MIT
# cmake -D compiler=<path> -D flags=<a|b|...> -D source=<file> -D "messages=<regex>|<regex>|..." -P must_not_compile.cmake
# Case 0 of the source compiles; case i fails, and the compiler's output matches the i-th regular expression.
string(REPLACE "|" ";" flags "${flags}")
string(REPLACE "|" ";" messages "${messages}")

function(compile case)
  execute_process(COMMAND ${compiler} -std=c++20 -fsyntax-only ${flags} -DCASE=${case} ${source}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  set(result ${result} PARENT_SCOPE)
  set(output "${output}" PARENT_SCOPE)
endfunction()

compile(0)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${source}: case 0 should compile:\n${output}")
endif()
set(case 0)
foreach(message IN LISTS messages)
  math(EXPR case "${case} + 1")
  compile(${case})
  if(result EQUAL 0)
    message(SEND_ERROR "${source}: case ${case} compiles, but should fail with \"${message}\"")
  elseif(NOT output MATCHES "${message}")
    message(SEND_ERROR "${source}: case ${case} fails, but not with \"${message}\":\n${output}")
  else()
    message(STATUS "case ${case} is refused: ${CMAKE_MATCH_0}")
  endif()
endforeach()
