// SPDX-License-Identifier: MIT
// One-line functions on vectors of one register, and how many instructions each may take: the numbers behind each, for
// AVX2 and for AVX-512, as tests/support/machine_code.cmake reads them. Measured with g++ 12 and clang 19; from 7 on
// there is one to spare.
#include <lanewise/simd/arithmetic.hpp>
#include <lanewise/simd/convert.hpp>
#include <lanewise/simd/reduce.hpp>
#include <lanewise/simd/round.hpp>

#include <cstddef>
#include <cstdint>

using namespace lanewise;
using i8 = std::int8_t;
using i16 = std::int16_t;
using i32 = std::int32_t;
using i64 = std::int64_t;
using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;
using f32 = float;
using f64 = double;

constexpr std::size_t n = native_width<float>;

template <class T>
simd<T> get(const T* p) {
  return simd<T>::load(p);
}
/// As many lanes of T as a register has lanes of float.
template <class T>
simd<T, n> get_n(const T* p) {
  return simd<T, n>::load(p);
}

// clang-format off
extern "C" {

// Memory
void load_store(const f32* a, f32* r) { get(a).store(r); }  // 2 2
void load_store_aligned(const f32* a, f32* r) { simd<f32>::load_aligned(a).store_aligned(r); }  // 2 2
void broadcast(const f32* a, f32* r) { simd<f32>(*a).store(r); }  // 2 2
void load_first(const f32* a, std::size_t k, f32* r) { simd<f32>::load_first(a, k).store(r); }  // 10 11 clang 9 9
void store_first(const f32* a, std::size_t k, f32* r) { get(a).store_first(r, k); }  // 11 13 clang 11 11
void load_masked(const f32* a, const f32* b, f32* r) {
  simd<f32>::load_masked(a, get(b) > 0).store(r);
}  // 9 5 clang 4 4
void store_masked(const f32* a, f32* r) { get(a).store_masked(r, get(a) > 0); }  // 4 4

// Arithmetic
void add(const f32* a, const f32* b, f32* r) { (get(a) + get(b)).store(r); }  // 3 3
void add_f64(const f64* a, const f64* b, f64* r) { (get(a) + get(b)).store(r); }  // 3 3
void add_i16(const i16* a, const i16* b, i16* r) { (get(a) + get(b)).store(r); }  // 3 3
void divide(const f32* a, const f32* b, f32* r) { (get(a) / get(b)).store(r); }  // 3 3
void multiply_i32(const i32* a, const i32* b, i32* r) { (get(a) * get(b)).store(r); }  // 3 3
void multiply_i64(const i64* a, const i64* b, i64* r) { (get(a) * get(b)).store(r); }  // 12 3
void multiply_i8(const i8* a, const i8* b, i8* r) { (get(a) * get(b)).store(r); }  // 19 19 clang 12 15
void negate(const f32* a, f32* r) { (-get(a)).store(r); }  // 3 3
void fma_f32(const f32* a, const f32* b, const f32* c, f32* r) { fma(get(a), get(b), get(c)).store(r); }  // 4 4
void fnma_f64(const f64* a, const f64* b, const f64* c, f64* r) { fnma(get(a), get(b), get(c)).store(r); }  // 4 4
void min_f32(const f32* a, const f32* b, f32* r) { min(get(a), get(b)).store(r); }  // 3 3
void max_u8(const u8* a, const u8* b, u8* r) { max(get(a), get(b)).store(r); }  // 3 3
void min_i64(const i64* a, const i64* b, i64* r) { min(get(a), get(b)).store(r); }  // 5 3
void abs_f32(const f32* a, f32* r) { abs(get(a)).store(r); }  // 3 3
void abs_i32(const i32* a, i32* r) { abs(get(a)).store(r); }  // 2 2
void sqrt_f64(const f64* a, f64* r) { sqrt(get(a)).store(r); }  // 2 2
void floor_f32(const f32* a, f32* r) { floor(get(a)).store(r); }  // 2 2
void copysign_f32(const f32* a, const f32* b, f32* r) { copysign(get(a), get(b)).store(r); }  // 5 5 clang 6 4

// Comparisons and selection
void select_less(const f32* a, const f32* b, const f32* c, f32* r) {
  select(get(a) < get(b), get(c), get(a)).store(r);
}  // 5 5 clang 4 4
void not_equal(const f32* a, const f32* b, f32* r) {
  select(get(a) != get(b), get(a), 0.0f).store(r);
}  // 9 5 clang 4 4
void select_i8(const i8* a, const i8* b, i8* r) { select(get(a) > get(b), get(a), get(b)).store(r); }  // 5 5 clang 3 3
bool any_less(const f32* a, const f32* b) { return any(get(a) < get(b)); }  // 5 4 clang 4 4
bool all_equal(const i32* a, const i32* b) { return all(get(a) == get(b)); }  // 5 4 clang 4 4
std::size_t count_less(const f32* a, const f32* b) { return count(get(a) < get(b)); }  // 4 4

// Bits
void bit_and(const i32* a, const i32* b, i32* r) { (get(a) & get(b)).store(r); }  // 3 3
void bit_not(const i32* a, i32* r) { (~get(a)).store(r); }  // 3 3
void shift_left_constant(const i32* a, i32* r) { (get(a) << 5).store(r); }  // 3 2
void shift_right_constant(const i16* a, i16* r) { (get(a) >> 5).store(r); }  // 3 2
void shift_right_scalar(const u32* a, int k, u32* r) { (get(a) >> k).store(r); }  // 4 4
void shift_left_vector(const i32* a, const i32* b, i32* r) { (get(a) << get(b)).store(r); }  // 3 3

// Conversions
void i32_to_f32(const i32* a, f32* r) { cast<f32>(get(a)).store(r); }  // 2 2
void f32_to_i32(const f32* a, i32* r) { cast<i32>(get(a)).store(r); }  // 9 10 clang 11 9
void u8_to_f32(const u8* a, f32* r) { cast<f32>(get_n(a)).store(r); }  // 3 3
void f32_to_u8(const f32* a, u8* r) { cast<u8>(get(a)).store(r); }  // 14 16
void f32_to_f64(const f32* a, f64* r) { cast<f64>(simd<f32, n / 2>::load(a)).store(r); }  // 2 2
void f64_to_f32(const f64* a, f32* r) { cast<f32>(get(a)).store(r); }  // 2 2
void i16_to_i32(const i16* a, i32* r) { cast<i32>(get_n(a)).store(r); }  // 2 2
void i32_to_i16(const i32* a, i16* r) { cast<i16>(get(a)).store(r); }  // 4 3
void bit_cast_to_i32(const f32* a, i32* r) { bit_cast<i32>(get(a)).store(r); }  // 2 2

// Across lanes
f32 reduce_add_f32(const f32* a) { return reduce_add(get(a)); }  // 9 13 clang 6 9
i32 reduce_max_i32(const i32* a) { return reduce_max(get(a)); }  // 10 14 clang 8 10
f64 dot(const f64* a, const f64* b) { return reduce_add(get(a) * get(b)); }  // 6 9

}
