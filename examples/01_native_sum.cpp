// SPDX-License-Identifier: MIT
// The vectorised reduction of a million floats: a loop, an accumulator of several registers, one sum across its lanes.

#include <lanewise/lanewise.hpp>

#include <iostream>
#include <numeric>
#include <span>
#include <vector>

// [native_sum]
float native_sum(std::span<const float> x) {
  constexpr std::size_t lanes = 4 * lanewise::native_width<float>;  // four registers hide the latency of an addition
  lanewise::simd<float, lanes> total{};
  lanewise::vectorize<lanes, 1, lanewise::tail::masked>(x.size(), [&](auto block) { total += block.load(x.data()); });
  return reduce_add(total);
}
// [native_sum]

int main() {
  // Whole numbers: every order of addition gives the same sum, so that it must equal the scalar one at every length.
  for (std::size_t n = 0; n <= 100; ++n) {
    std::vector<float> x(n);
    std::iota(x.begin(), x.end(), 1.0f);
    const float expected = std::accumulate(x.begin(), x.end(), 0.0f);
    if (native_sum(x) != expected) {
      std::cerr << "the sum of 1 to " << n << " is " << expected << ", not " << native_sum(x) << '\n';
      return 1;
    }
  }
  const std::vector<float> million(1'000'000, 1.0f);
  std::cout << "native_sum of a million ones: " << native_sum(million)
            << "\nlanewise::sum, all cores:     " << lanewise::sum(million) << '\n';
}
