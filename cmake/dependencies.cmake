# SPDX-License-Identifier: MIT
# Where each dependency comes from, in this order:
#   1. a target that the surrounding project already has (Highway only);
#   2. sources unpacked by hand, where FETCHCONTENT_SOURCE_DIR_<NAME> says (HWY, XSIMD, CATCH2, BENCHMARK);
#   3. an installed package that is new enough;
#   4. the pinned release (pins.cmake), downloaded.
# A consumer of lanewise needs Highway and threads, nothing else.

include(FetchContent)
include(${CMAKE_CURRENT_LIST_DIR}/pins.cmake)

# Imported targets are known in the folder that finds them and below; those that a consumer of ours links must be
# known to the whole project. Found already by somebody above us, they need nothing.
macro(lanewise_find_for_consumers target)
  if(NOT TARGET ${target})
    find_package(${ARGN})
    if(TARGET ${target})
      set_target_properties(${target} PROPERTIES IMPORTED_GLOBAL ON)
    endif()
  endif()
endmacro()

lanewise_find_for_consumers(Threads::Threads Threads REQUIRED)

# Ends the configuration: says what was tried for dependency ${title} and what would help.
function(lanewise_dependency_missing title prefix name found_versions download_problem packages)
  set(installed "none found")
  if(found_versions)
    list(JOIN found_versions ", " found_versions)
    set(installed "too old: ${found_versions}")
  endif()
  string(TOUPPER ${name} upper)
  message(FATAL_ERROR "lanewise cannot get ${title} ${LANEWISE_${prefix}_MINIMUM} or newer. Tried:\n"
    "  1. an installed package (find_package): ${installed}\n"
    "  2. downloading ${LANEWISE_${prefix}_URL}: ${download_problem}\n"
    "What helps, any one of these:\n"
    "  - sh cmake/setup.sh      (Debian and Ubuntu: installs what it can, says what it cannot)\n"
    "  - install it yourself:   ${packages}\n"
    "  - unpack that archive somewhere and add -DFETCHCONTENT_SOURCE_DIR_${upper}=<folder>\n"
    "  - installed, but in a place of its own? Add -DCMAKE_PREFIX_PATH=<prefix>")
endfunction()

# Gets the pinned sources of a dependency and sets ${name}_SOURCE_DIR in the caller (${name} in lower
# case, as FetchContent has it). The archive is fetched
# here rather than by FetchContent so that a failure can be explained.
function(lanewise_fetch title prefix name found_versions packages)
  string(TOUPPER ${name} upper)
  set(archive ${FETCHCONTENT_BASE_DIR}/archives/${name}-${LANEWISE_${prefix}_VERSION}.tar.gz)
  if(FETCHCONTENT_SOURCE_DIR_${upper})
    message(STATUS "${title}: sources in ${FETCHCONTENT_SOURCE_DIR_${upper}}")
  else()
    message(STATUS "${title}: no new enough package, downloading ${LANEWISE_${prefix}_VERSION}")
    set(problem "")
    if(NOT EXISTS ${archive})
      if(FETCHCONTENT_FULLY_DISCONNECTED)
        set(problem "not allowed by FETCHCONTENT_FULLY_DISCONNECTED")
      else()
        file(DOWNLOAD ${LANEWISE_${prefix}_URL} ${archive}.part STATUS status INACTIVITY_TIMEOUT 20)
        list(GET status 0 code)
        list(GET status 1 problem)
        if(code EQUAL 0)
          set(problem "")
          file(SHA256 ${archive}.part hash)
          if(hash STREQUAL LANEWISE_${prefix}_SHA256)
            file(RENAME ${archive}.part ${archive})
          else()
            set(problem "the archive's SHA-256 is ${hash}, expected ${LANEWISE_${prefix}_SHA256}")
          endif()
        endif()
      endif()
    endif()
    if(problem)
      lanewise_dependency_missing(${title} ${prefix} ${name} "${found_versions}" "${problem}" "${packages}")
    endif()
  endif()

  if(POLICY CMP0135)
    cmake_policy(SET CMP0135 NEW)
  endif()
  # The sources only: each dependency's own CMake files are added, or not, by the caller.
  FetchContent_Declare(${name} URL ${archive} URL_HASH SHA256=${LANEWISE_${prefix}_SHA256} SOURCE_SUBDIR do-not-add)
  FetchContent_MakeAvailable(${name})
  FetchContent_GetProperties(${name})
  set(${name}_SOURCE_DIR ${${name}_SOURCE_DIR} PARENT_SCOPE)
  set(${name}_BINARY_DIR ${${name}_BINARY_DIR} PARENT_SCOPE)
endfunction()

# Adds a fetched dependency that has to be compiled, without its warnings, tests and install rules.
function(lanewise_add_fetched name)
  set(BENCHMARK_ENABLE_TESTING OFF)
  set(BENCHMARK_ENABLE_INSTALL OFF)
  set(BENCHMARK_ENABLE_WERROR OFF)
  set(CATCH_INSTALL_DOCS OFF)
  set(CATCH_INSTALL_EXTRAS OFF)
  set(CMAKE_POLICY_DEFAULT_CMP0077 NEW)
  add_subdirectory(${${name}_SOURCE_DIR} ${${name}_BINARY_DIR} EXCLUDE_FROM_ALL)
  foreach(target IN LISTS ARGN)
    get_target_property(directories ${target} INTERFACE_INCLUDE_DIRECTORIES)
    set_target_properties(${target} PROPERTIES INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${directories}")
  endforeach()
endfunction()

include(highway)

if(LANEWISE_BUILD_TESTS)
  if(NOT FETCHCONTENT_SOURCE_DIR_CATCH2)
    find_package(Catch2 ${LANEWISE_CATCH2_MINIMUM} CONFIG QUIET)
  endif()
  if(NOT TARGET Catch2::Catch2WithMain)
    lanewise_fetch(Catch2 CATCH2 catch2 "${Catch2_CONSIDERED_VERSIONS}"
      "apt-get install catch2 (Debian 13, Ubuntu 24.04), brew install catch2")
    lanewise_add_fetched(catch2 Catch2 Catch2WithMain)
  endif()
endif()

if(LANEWISE_BUILD_BENCH)
  if(NOT FETCHCONTENT_SOURCE_DIR_BENCHMARK)
    find_package(benchmark ${LANEWISE_BENCHMARK_MINIMUM} CONFIG QUIET)
  endif()
  if(NOT TARGET benchmark::benchmark)
    lanewise_fetch("Google Benchmark" BENCHMARK benchmark "${benchmark_CONSIDERED_VERSIONS}"
      "apt-get install libbenchmark-dev, brew install google-benchmark")
    lanewise_add_fetched(benchmark benchmark)
  endif()
endif()

# xsimd is an oracle in the tests and a peer in the bench: headers only, as target lanewise_xsimd.
if((LANEWISE_BUILD_TESTS OR LANEWISE_BUILD_BENCH) AND NOT TARGET lanewise_xsimd)
  add_library(lanewise_xsimd INTERFACE)
  # Its version file accepts equal major versions only, so ask without one and compare.
  if(NOT FETCHCONTENT_SOURCE_DIR_XSIMD)
    find_package(xsimd CONFIG QUIET)
  endif()
  if(xsimd_FOUND AND xsimd_VERSION VERSION_GREATER_EQUAL LANEWISE_XSIMD_MINIMUM)
    get_target_property(xsimd_headers xsimd INTERFACE_INCLUDE_DIRECTORIES)
  else()
    lanewise_fetch(xsimd XSIMD xsimd "${xsimd_VERSION}"
      "apt-get install libxsimd-dev (Debian 13, Ubuntu 25.04), brew install xsimd")
    set(xsimd_headers ${xsimd_SOURCE_DIR}/include)
  endif()
  target_include_directories(lanewise_xsimd SYSTEM INTERFACE ${xsimd_headers})
endif()

# MPFR is the reference of the math functions' tests in f64; without it they take long double, whose own error counts
# on x86 then. As target lanewise_mpfr.
if(LANEWISE_BUILD_TESTS AND NOT TARGET lanewise_mpfr)
  find_path(LANEWISE_MPFR_HEADERS mpfr.h)
  find_library(LANEWISE_MPFR_LIBRARY mpfr)
  find_library(LANEWISE_GMP_LIBRARY gmp)
  mark_as_advanced(LANEWISE_MPFR_HEADERS LANEWISE_MPFR_LIBRARY LANEWISE_GMP_LIBRARY)
  if(LANEWISE_MPFR_HEADERS AND LANEWISE_MPFR_LIBRARY AND LANEWISE_GMP_LIBRARY)
    add_library(lanewise_mpfr INTERFACE)
    target_include_directories(lanewise_mpfr SYSTEM INTERFACE ${LANEWISE_MPFR_HEADERS})
    target_link_libraries(lanewise_mpfr INTERFACE ${LANEWISE_MPFR_LIBRARY} ${LANEWISE_GMP_LIBRARY})
    target_compile_definitions(lanewise_mpfr INTERFACE LANEWISE_TESTS_MPFR=1)
  else()
    message(STATUS "MPFR not found (libmpfr-dev): the math functions' tests compare f64 with long double")
  endif()
endif()
