// SPDX-License-Identifier: MIT
// Vectors and masks of all kinds for gdb to show: see gdb.cmake. A line "// v: text" says what `print v` must give in
// main.
#include <lanewise/simd/simd.hpp>

#include <cstdint>

using lanewise::mask;
using lanewise::simd;

// Where gdb stops.
__attribute__((noinline)) void stop() { asm volatile(""); }

int main() {
  [[maybe_unused]] const simd<float, 4> f32{1.0f, 2.5f, -3.0f, 4.0f};  // f32: simd<float, 4> = {1, 2.5, -3, 4}
  [[maybe_unused]] const simd<float, 2> narrow{1.5f, -1.0f};           // narrow: simd<float, 2> = {1.5, -1}
  [[maybe_unused]] const simd<double, 1> one(0.5);                     // one: simd<double, 1> = {0.5}
  // i64: simd<long, 16> = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
  [[maybe_unused]] const auto i64 = simd<std::int64_t, 16>::iota();
  [[maybe_unused]] const simd<std::int8_t, 4> i8{65, -1, 0, 127};  // i8: simd<signed char, 4> = {65, -1, 0, 127}
  [[maybe_unused]] const simd<std::uint8_t, 2> u8{65, 255};        // u8: simd<unsigned char, 2> = {65, 255}
  // f16: simd<float16, 4> = {1, -0.5, 65504, 0}
  [[maybe_unused]] const simd<lanewise::float16, 4> f16{1.0f, -0.5f, 65504.0f, 0.0f};
  [[maybe_unused]] const simd<lanewise::bfloat16, 2> bf16{3.0f, -0.25f};    // bf16: simd<bfloat16, 2> = {3, -0.25}
  [[maybe_unused]] const mask<float, 4> less = f32 < simd<float, 4>(2.5f);  // less: mask<float, 4> = {1, 0, 1, 0}
  [[maybe_unused]] const mask<double, 1> no{};                              // no: mask<double, 1> = {0}
  // first: mask<unsigned char, 16> = {1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
  [[maybe_unused]] const auto first = mask<std::uint8_t, 16>::first(3);
  // both: mask<long, 16> = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0}
  [[maybe_unused]] const auto both = i64 < simd<std::int64_t, 16>(11);
  stop();
}
