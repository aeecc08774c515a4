// SPDX-License-Identifier: MIT
// Code that must not compile, one case at a time; case 0 must. See must_not_compile.cmake for what each says.
#include <lanewise/simd/shuffle.hpp>

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
#elif CASE == 7
simd<float, 2> lane_4_of_4(simd<float, 4> a) { return lanewise::shuffle<0, 4>(a); }
#elif CASE == 8
simd<float, 2> lane_8_of_8(simd<float, 4> a, simd<float, 4> b) { return lanewise::shuffle<0, 8>(a, b); }
#elif CASE == 9
simd<float, 2> beyond_the_end(simd<float, 4> a) { return lanewise::slice<2, 3>(a); }
#elif CASE == 10
simd<float, 4> part_beyond_the_end(simd<float, 4> a, simd<float, 2> b) { return lanewise::insert<3>(a, b); }
#endif
