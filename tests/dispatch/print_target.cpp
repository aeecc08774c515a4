// SPDX-License-Identifier: MIT
// Says which target is chosen at the first call, or why none: for tests of LANEWISE_TARGET.
#include <lanewise/dispatch/dispatch.hpp>
#include <lanewise/kernels/reduce.hpp>

#include <array>
#include <exception>
#include <iostream>

int main() {
  try {
    if (lanewise::sum(std::array{1.0f, 2.0f}) != 3.0f) return 1;
    std::cout << "chosen: " << lanewise::cpu_info().chosen << '\n';
  } catch (const std::exception& e) {
    std::cout << "error: " << e.what() << '\n';
  }
}
