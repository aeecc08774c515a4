# SPDX-License-Identifier: MIT
# lanewise::lanewise: the headers, compiled for the flags of whoever includes them. No macro, no -m flag.

add_library(lanewise INTERFACE)
add_library(lanewise::lanewise ALIAS lanewise)
target_compile_features(lanewise INTERFACE cxx_std_20)
# Part of another project, the headers are none of that project's warnings' business.
set(system SYSTEM)
if(PROJECT_IS_TOP_LEVEL)
  set(system)
endif()
target_include_directories(lanewise ${system} INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>)
target_link_libraries(lanewise INTERFACE lanewise_highway Threads::Threads)
