# SPDX-License-Identifier: MIT
# Builds and runs both programs with nothing but the compiler's command line, in BINARY.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

file(REMOVE_RECURSE ${BINARY})
file(MAKE_DIRECTORY ${BINARY})
set(compile ${COMPILER} -std=c++20 -I${INCLUDE} -I${HIGHWAY_INCLUDE})
set(sources ${CMAKE_CURRENT_LIST_DIR})

run(${compile} -O2 -march=native ${sources}/headers_only.cpp -o ${BINARY}/headers_only -pthread)
run(${BINARY}/headers_only)

run(${compile} ${FLAGS} -DLANEWISE_DISPATCH -DLANEWISE_KERNEL_FILE="kernel.cpp" -I${sources} -c ${sources}/kernel.cpp
  -o ${BINARY}/kernel.o)
run(${compile} ${FLAGS} -DLANEWISE_DISPATCH ${sources}/dispatched.cpp ${sources}/implementation.cpp ${BINARY}/kernel.o
  -o ${BINARY}/dispatched -pthread ${HIGHWAY_LIBRARY})
run(${BINARY}/dispatched)
