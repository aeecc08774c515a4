# SPDX-License-Identifier: MIT
# Every option of the build. What only developers need is off where lanewise is part of another project.

option(LANEWISE_BUILD_TESTS "Build the tests (needs Catch2)" ${PROJECT_IS_TOP_LEVEL})
option(LANEWISE_BUILD_BENCH "Build the bench suite (needs Google Benchmark)" ${PROJECT_IS_TOP_LEVEL})
option(LANEWISE_BUILD_EXAMPLES "Build the examples" ${PROJECT_IS_TOP_LEVEL})
option(LANEWISE_INSTALL "Generate the install target" ${PROJECT_IS_TOP_LEVEL})
option(LANEWISE_DISPATCH_LIBRARY
  "Offer lanewise::dispatch, the kernels compiled for every CPU (built only if something links it)" ON)
set(LANEWISE_SANITIZE "" CACHE STRING "Sanitizers for the whole build: address,undefined or thread")

# Warnings are errors with the compilers that the tests are run with; a newer one may know new warnings.
set(lanewise_tested_compiler ${PROJECT_IS_TOP_LEVEL})
if((CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 15) OR
   (CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 20) OR
   NOT CMAKE_CXX_COMPILER_ID MATCHES "^(GNU|Clang)$")
  set(lanewise_tested_compiler OFF)
endif()
option(LANEWISE_WARNINGS_AS_ERRORS "Treat warnings in lanewise's own code as errors" ${lanewise_tested_compiler})

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 12 OR
   CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 16)
  message(FATAL_ERROR "lanewise needs g++ 12 or clang 16, or newer; this is ${CMAKE_CXX_COMPILER_ID} "
    "${CMAKE_CXX_COMPILER_VERSION} (${CMAKE_CXX_COMPILER}). Choose another with CXX=... and an empty build folder.")
endif()

# The compiler flags that all of lanewise's own programs share; never seen by a consumer.
add_library(lanewise_developer INTERFACE)
target_compile_options(lanewise_developer INTERFACE -Wall -Wextra -Wconversion -Wshadow
  $<$<BOOL:${LANEWISE_WARNINGS_AS_ERRORS}>:-Werror>)

if(PROJECT_IS_TOP_LEVEL)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release, RelWithDebInfo or MinSizeRel" FORCE)
  endif()

  set(CMAKE_CXX_EXTENSIONS OFF)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

  find_program(LANEWISE_CCACHE ccache)
  mark_as_advanced(LANEWISE_CCACHE)
  if(LANEWISE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${LANEWISE_CCACHE})
  endif()

  if(LANEWISE_SANITIZE)
    # Checks of every vector that lives on the stack, and of every `this`, make a kernel file take 5 GB and minutes to
    # compile (g++ 12: 138 s, without them 21 s); AddressSanitizer sees the memory behind such pointers anyway.
    add_compile_options(-fsanitize=${LANEWISE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    if(LANEWISE_SANITIZE MATCHES "undefined")
      add_compile_options(-fno-sanitize=null,alignment,object-size,vptr)
    endif()
    if(LANEWISE_SANITIZE MATCHES "address")
      add_compile_options("$<IF:$<CXX_COMPILER_ID:GNU>,SHELL:--param asan-stack=0,SHELL:-mllvm -asan-stack=0>")
    endif()
    add_link_options(-fsanitize=${LANEWISE_SANITIZE})
  endif()
endif()
