# SPDX-License-Identifier: MIT
# Install rules and the package that find_package(lanewise) finds. Where Highway was downloaded, its headers
# are installed beside ours, in a folder of their own; otherwise the package asks for an installed Highway.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/lanewise)
set(installed_targets lanewise lanewise_highway lanewise_highway_runtime)
if(LANEWISE_DISPATCH_LIBRARY)
  list(APPEND installed_targets lanewise_dispatch)
endif()
set_target_properties(lanewise PROPERTIES EXPORT_NAME lanewise)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/lanewise DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(LANEWISE_HIGHWAY_BUNDLED)
  install(DIRECTORY ${hwy_SOURCE_DIR}/hwy DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/lanewise-highway
    FILES_MATCHING PATTERN "*.h" PATTERN tests EXCLUDE PATTERN examples EXCLUDE)
  install(FILES ${hwy_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/lanewise-highway)
endif()

install(TARGETS ${installed_targets} EXPORT lanewise-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT lanewise-targets NAMESPACE lanewise:: DESTINATION ${package_dir})
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/lanewise-config.cmake.in
  ${PROJECT_BINARY_DIR}/lanewise-config.cmake INSTALL_DESTINATION ${package_dir}
  NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/lanewise-config-version.cmake
  VERSION ${PROJECT_VERSION} COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/lanewise-config.cmake
  ${PROJECT_BINARY_DIR}/lanewise-config-version.cmake
  ${PROJECT_SOURCE_DIR}/cmake/target_kernels.cmake
  DESTINATION ${package_dir})
