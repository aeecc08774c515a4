// SPDX-License-Identifier: MIT
// Code that must not compile, one case at a time; case 0 must. See must_not_compile.cmake for what each says.
#include <lanewise/simd/simd.hpp>

using lanewise::simd;

#if CASE == 0
simd<float, 4> broadcast() { return 1.0f; }
simd<float, 4> quotient(simd<float, 4> a, simd<float, 4> b) { return a / b; }
#elif CASE == 1
std::size_t three_lanes() { return sizeof(simd<float, 3>); }
#elif CASE == 2
simd<float, 4> from_one_lane(simd<float, 1> v) { return v; }
#elif CASE == 3
simd<float, 4> from_wider(simd<float, 8> v) { return v; }
#elif CASE == 4
simd<float, 4> remainder(simd<float, 4> a, simd<float, 4> b) { return a % b; }
#elif CASE == 5
std::size_t of_bool() { return sizeof(simd<bool, 4>); }
#elif CASE == 6
simd<float, 4> mixed(simd<float, 4> a, simd<double, 4> b) { return a + b; }
#endif
