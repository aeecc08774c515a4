# SPDX-License-Identifier: MIT
# Highway, in two targets, wherever it comes from:
#   lanewise_highway          its headers, all that compiling for the consumer's own flags needs;
#   lanewise_highway_runtime  what choosing the CPU target at run time needs as well.

add_library(lanewise_highway INTERFACE)
set(LANEWISE_HIGHWAY_BUNDLED OFF)

if(NOT TARGET hwy AND NOT FETCHCONTENT_SOURCE_DIR_HWY)
  lanewise_find_for_consumers(hwy::hwy hwy ${LANEWISE_HIGHWAY_MINIMUM} CONFIG QUIET)
endif()

if(TARGET hwy::hwy)
  set(lanewise_highway_target hwy::hwy)
elseif(TARGET hwy)
  set(lanewise_highway_target hwy)   # a surrounding project that added Highway's own CMake files
endif()

if(lanewise_highway_target)
  target_include_directories(lanewise_highway SYSTEM INTERFACE
    $<BUILD_INTERFACE:$<TARGET_PROPERTY:${lanewise_highway_target},INTERFACE_INCLUDE_DIRECTORIES>>)
  target_compile_definitions(lanewise_highway INTERFACE
    $<BUILD_INTERFACE:$<TARGET_PROPERTY:${lanewise_highway_target},INTERFACE_COMPILE_DEFINITIONS>>)
  add_library(lanewise_highway_runtime INTERFACE)
  target_link_libraries(lanewise_highway_runtime INTERFACE lanewise_highway
    $<BUILD_INTERFACE:${lanewise_highway_target}> $<INSTALL_INTERFACE:hwy::hwy>)
else()
  lanewise_fetch(Highway HIGHWAY hwy "${hwy_CONSIDERED_VERSIONS}"
    "apt-get install libhwy-dev (Debian 13, Ubuntu 25.04), brew install highway")
  # Only headers and the few files that detect the CPU: Highway's own CMake files would add its tests,
  # its allocator and its thread pool.
  set(LANEWISE_HIGHWAY_BUNDLED ON)
  set(runtime_sources)
  foreach(source targets abort per_target)
    if(EXISTS ${hwy_SOURCE_DIR}/hwy/${source}.cc)
      list(APPEND runtime_sources ${hwy_SOURCE_DIR}/hwy/${source}.cc)
    endif()
  endforeach()
  target_include_directories(lanewise_highway SYSTEM INTERFACE
    $<BUILD_INTERFACE:${hwy_SOURCE_DIR}> $<INSTALL_INTERFACE:include/lanewise-highway>)
  add_library(lanewise_highway_runtime STATIC EXCLUDE_FROM_ALL ${runtime_sources})
  target_compile_features(lanewise_highway_runtime PUBLIC cxx_std_17)
  target_link_libraries(lanewise_highway_runtime PUBLIC lanewise_highway)
  set_target_properties(lanewise_highway_runtime PROPERTIES POSITION_INDEPENDENT_CODE ON)
endif()

set_target_properties(lanewise_highway PROPERTIES EXPORT_NAME highway)
set_target_properties(lanewise_highway_runtime PROPERTIES EXPORT_NAME highway_runtime)
