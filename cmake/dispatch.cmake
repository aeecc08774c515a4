# SPDX-License-Identifier: MIT
# lanewise::dispatch: the same calls as the headers, compiled once for every CPU target and chosen at run
# time. One source per kernel family, so that they compile side by side; a new family (a header under
# include/lanewise/dispatch/detail/) adds its name here.

if(NOT LANEWISE_DISPATCH_LIBRARY)
  return()
endif()

set(families selection reduce extrema statistics gemm kmeans)

set(sources)
foreach(family IN LISTS families)
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/dispatch/${family}.cpp CONTENT
    "#define LANEWISE_DISPATCH_PARTS \"lanewise/dispatch/detail/${family}.hpp\"
#include <lanewise/dispatch/implementation.hpp>\n")
  list(APPEND sources ${PROJECT_BINARY_DIR}/dispatch/${family}.cpp)
endforeach()

add_library(lanewise_dispatch STATIC ${sources})
add_library(lanewise::dispatch ALIAS lanewise_dispatch)
target_compile_definitions(lanewise_dispatch PUBLIC LANEWISE_DISPATCH=1)
target_link_libraries(lanewise_dispatch
  PUBLIC lanewise lanewise_highway_runtime
  PRIVATE $<BUILD_INTERFACE:lanewise_developer>)
set_target_properties(lanewise_dispatch PROPERTIES
  EXPORT_NAME dispatch
  POSITION_INDEPENDENT_CODE ON
  EXCLUDE_FROM_ALL $<NOT:$<BOOL:${PROJECT_IS_TOP_LEVEL}>>)
