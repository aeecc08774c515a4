// SPDX-License-Identifier: MIT
// Loops that must not compile, one case at a time; case 0 must. See must_not_compile.cmake for what each says.
#include <lanewise/loops/tile.hpp>
#include <lanewise/loops/vectorize.hpp>

using namespace lanewise;

void use(const float* x, float* y, std::size_t n) {
  simd<float, 8> sum{};
#if CASE == 0
  vectorize<8, 1, tail::masked>(n, [&](auto block) { sum += block.load(x); });
  vectorize<8>(n, [&]<std::size_t w>(std::size_t i) { simd<float, w>::load(x + i).store(y + i); });
  tile<2, 3>({4, 5}, [](auto, auto) {});
#elif CASE == 1
  vectorize<8>(n, [&]<std::size_t w>(std::size_t i) { sum += simd<float, w>::load(x + i); });
#elif CASE == 2
  vectorize<8, 1, tail::cascade>(n, [&]<std::size_t w>(std::size_t i) { sum += simd<float, w>::load(x + i); });
#elif CASE == 3
  vectorize<8, 1, tail::masked>(n, [&]<std::size_t w>(std::size_t i) { simd<float, w>::load(x + i).store(y + i); });
#elif CASE == 4
  vectorize<8>(n, [&](auto block) { sum += block.load(x); });
#elif CASE == 5
  vectorize<6>(n, [&]<std::size_t w>(std::size_t i) { y[i] = x[i + w - 1]; });
#elif CASE == 6
  vectorize<8, 0>(n, [&]<std::size_t w>(std::size_t i) { y[i] = x[i + w - 1]; });
#elif CASE == 7
  tile<4, 0>({4, 5}, [](auto, auto) {});
#elif CASE == 8
  vectorize<8, 1, int>(n, [&]<std::size_t w>(std::size_t i) { y[i] = x[i + w - 1]; });
#endif
  sum.store(y);
}
