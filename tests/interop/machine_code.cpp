// SPDX-License-Identifier: MIT
// The way to xsimd and back costs nothing: the limits are those of the same functions without it, for AVX2 and AVX-512;
// see tests/support/machine_code.cmake.
#include <lanewise/interop/xsimd.hpp>
#include <lanewise/simd/arithmetic.hpp>

#include <cstddef>
#include <cstdint>

using namespace lanewise;
using i16 = std::int16_t;

template <class T, std::size_t N>
simd<T, N> there_and_back(simd<T, N> v) {
  return from_xsimd(to_xsimd(v));
}
template <class T, std::size_t N>
mask<T, N> there_and_back(mask<T, N> m) {
  return from_xsimd(to_xsimd(m));
}
template <class T>
simd<T> get(const T* p) {
  return simd<T>::load(p);
}
constexpr std::size_t n = native_width<float>;

// clang-format off
extern "C" {

void copy_f32(const float* a, float* r) { there_and_back(get(a)).store(r); }  // 2 2
void copy_f64(const double* a, double* r) { there_and_back(get(a)).store(r); }  // 2 2
void copy_i8(const std::int8_t* a, std::int8_t* r) { there_and_back(get(a)).store(r); }  // 2 2
void copy_u64(const std::uint64_t* a, std::uint64_t* r) { there_and_back(get(a)).store(r); }  // 2 2
void copy_half(const float* a, float* r) { there_and_back(simd<float, n / 2>::load(a)).store(r); }  // 2 2
void add_f32(const float* a, const float* b, float* r) {
  from_xsimd(to_xsimd(get(a)) + to_xsimd(get(b))).store(r);
}  // 3 3
void select_f32(const float* a, const float* b, const float* c, float* r) {
  select(there_and_back(get(a) < get(b)), get(c), get(a)).store(r);
}  // 5 5
void select_i16(const i16* a, const i16* b, const i16* c, i16* r) {
  select(there_and_back(get(a) < get(b)), get(c), get(a)).store(r);
}  // 5 5
void two_registers(const float* a, float* r) {
  const auto v = simd<float, 2 * n>::load(a); from_xsimd(to_xsimd<0>(v), to_xsimd<1>(v)).store(r);
}  // 4 4

}
