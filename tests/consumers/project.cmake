# SPDX-License-Identifier: MIT
# Configures, builds and runs the project in SOURCE, from nothing, in BINARY. INSTALL_FROM: a build folder of
# lanewise that is installed first, for the project to find.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

string(REPLACE "|" ";" SETTINGS "${SETTINGS}")
file(REMOVE_RECURSE ${BINARY})
if(INSTALL_FROM)
  run(${CMAKE_COMMAND} --install ${INSTALL_FROM} --prefix ${BINARY}/prefix)
  list(APPEND SETTINGS -Dlanewise_ROOT=${BINARY}/prefix)
endif()
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${BINARY} -G ${GENERATOR} ${SETTINGS})
run(${CMAKE_COMMAND} --build ${BINARY} -j 2)
run(${BINARY}/headers_only)
run(${BINARY}/dispatched)
