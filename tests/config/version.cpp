// SPDX-License-Identifier: MIT
#include <lanewise/config/version.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

TEST_CASE("the version string is made of the three numbers") {
  CHECK(std::string(LANEWISE_VERSION_STRING) == std::to_string(LANEWISE_VERSION_MAJOR) + "." +
                                                    std::to_string(LANEWISE_VERSION_MINOR) + "." +
                                                    std::to_string(LANEWISE_VERSION_PATCH));
}
