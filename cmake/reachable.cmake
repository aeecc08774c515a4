# SPDX-License-Identifier: MIT
# cmake -P reachable.cmake: succeeds where the pinned archives can be downloaded.
include(${CMAKE_CURRENT_LIST_DIR}/pins.cmake)
file(DOWNLOAD ${LANEWISE_HIGHWAY_URL} STATUS status INACTIVITY_TIMEOUT 10 TIMEOUT 60)
list(GET status 0 code)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "cannot download ${LANEWISE_HIGHWAY_URL}: ${status}")
endif()
