// SPDX-License-Identifier: MIT
// A program that has the CPU target chosen at run time: the same calls.

#include <lanewise/lanewise.hpp>

#include <cstdio>
#include <vector>

float doubled_sum(const std::vector<float>& x);

int main() {
  const std::vector<float> x(1000, 1.0F);
  std::printf("runs on %s\n", lanewise::cpu_info().chosen.c_str());
  return lanewise::sum(x) == 1000.0F && doubled_sum(x) == 2000.0F ? 0 : 1;
}
