// SPDX-License-Identifier: MIT
// What must not compile, and with which sentence: see must_not_compile.cmake.
#include <lanewise/interop/xsimd.hpp>

void f() {
  constexpr std::size_t native = lanewise::native_width<float>;
  const lanewise::simd<float, 2 * native> two(1.0f);
  (void)lanewise::to_xsimd<1>(two);
#if CASE == 1
  (void)lanewise::to_xsimd(two);
#elif CASE == 2
  (void)lanewise::to_xsimd(two < two);
#elif CASE == 3
  (void)lanewise::to_xsimd<2>(two);
#elif CASE == 4
  (void)lanewise::to_xsimd(lanewise::simd<float, 2>(1.0f));
#elif CASE == 5
  (void)lanewise::from_xsimd(lanewise::to_xsimd<0>(two), xsimd::batch<double>(1.0));
#endif
}
