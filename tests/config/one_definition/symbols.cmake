# SPDX-License-Identifier: MIT
# cmake -D objdump=<path> -D one=<object> -D other=<object> -P symbols.cmake
# Two objects compiled with different flags share no function of lanewise's that the linker would merge. (Variables they
# may share, and functions of namespace std are the standard library's.)
function(weak_functions object result)
  execute_process(COMMAND ${objdump} -t ${object} OUTPUT_VARIABLE table COMMAND_ERROR_IS_FATAL ANY)
  # address, flags (w: weak, F: function), section, tab, size, name
  string(REGEX MATCHALL "[ ]w....F [^\t\n]*\t[0-9a-f]+ (\\.hidden )?_ZN?[KVRO]*8lanewise[A-Za-z0-9_.]*" lines "${table}")
  list(TRANSFORM lines REPLACE "^.* " "")
  set(${result} ${lines} PARENT_SCOPE)
endfunction()

weak_functions(${one} first)
weak_functions(${other} second)
list(LENGTH first count)
list(LENGTH second other_count)
message(STATUS "${count} and ${other_count} weak functions of lanewise")
if(count EQUAL 0 OR other_count EQUAL 0)
  message(FATAL_ERROR "no functions found: the check is broken")
endif()
foreach(name IN LISTS first)
  list(FIND second ${name} found)
  if(NOT found EQUAL -1)
    message(SEND_ERROR "in both objects: ${name}")
  endif()
endforeach()
