// SPDX-License-Identifier: MIT
// A program that uses the headers alone, compiled for its own flags.

#include <lanewise/lanewise.hpp>

#include <vector>

int main() {
  const std::vector<float> x(1000, 1.0F);
  return lanewise::sum(x) == 1000.0F ? 0 : 1;
}
