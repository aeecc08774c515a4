# SPDX-License-Identifier: MIT
# lanewise_target_kernels(<target> <source>...)
#
# Adds to <target> sources that hold kernels of its own, to be compiled for every CPU target (see
# lanewise/dispatch/foreach_target.hpp), and links lanewise::dispatch. Each source is compiled with
# LANEWISE_KERNEL_FILE naming itself, since it includes itself once per CPU target.
function(lanewise_target_kernels target)
  if(NOT TARGET lanewise::dispatch)
    message(FATAL_ERROR "lanewise_target_kernels needs lanewise::dispatch: set LANEWISE_DISPATCH_LIBRARY=ON")
  endif()
  target_sources(${target} PRIVATE ${ARGN})
  foreach(source IN LISTS ARGN)
    get_filename_component(path ${source} ABSOLUTE)
    set_property(SOURCE ${source} APPEND PROPERTY COMPILE_DEFINITIONS "LANEWISE_KERNEL_FILE=\"${path}\"")
  endforeach()
  target_link_libraries(${target} PRIVATE lanewise::dispatch)
endfunction()
