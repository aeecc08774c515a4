// SPDX-License-Identifier: MIT
// y = a x + y: vectorize within each core, parallelize across them.

#include <lanewise/lanewise.hpp>

#include <iostream>
#include <vector>

// [saxpy]
void saxpy(float a, const std::vector<float>& x, std::vector<float>& y) {
  constexpr std::size_t lanes = lanewise::native_width<float>;
  lanewise::parallelize(x.size(), 65536, [&](std::size_t begin, std::size_t end) {
    lanewise::vectorize<lanes, 4>(end - begin, [&]<std::size_t width>(std::size_t i) {
      using v = lanewise::simd<float, width>;  // `lanes` wide, then 1 for the rest
      fma(v(a), v::load(&x[begin + i]), v::load(&y[begin + i])).store(&y[begin + i]);
    });
  });
}
// [saxpy]

int main() {
  const std::size_t n = 3'000'017;
  std::vector<float> x(n), y(n, 1.0f);
  for (std::size_t i = 0; i < n; ++i) x[i] = static_cast<float>(i % 1000);
  saxpy(2.0f, x, y);
  for (std::size_t i = 0; i < n; ++i) {
    if (y[i] != 2.0f * x[i] + 1.0f) {
      std::cerr << "y[" << i << "] is " << y[i] << ", not " << 2.0f * x[i] + 1.0f << '\n';
      return 1;
    }
  }
  std::cout << "saxpy of " << n << " elements on " << lanewise::default_executor().workers() << " workers: right\n";
}
