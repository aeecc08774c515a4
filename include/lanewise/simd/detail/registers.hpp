// SPDX-License-Identifier: MIT
// How lanes lie in registers, and how registers are visited: what simd, mask and cast are made of.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#include "lanewise/config/emulated.hpp"
#include "lanewise/config/highway.hpp"
#include "lanewise/simd/element.hpp"

#if defined(LANEWISE_SIMD_DETAIL_REGISTERS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_DETAIL_REGISTERS_HPP
#undef LANEWISE_SIMD_DETAIL_REGISTERS_HPP
#else
#define LANEWISE_SIMD_DETAIL_REGISTERS_HPP
#endif

LANEWISE_BEGIN_TARGET

/// Highway's operations for this target, for what simd does not say: `simd::native(r)` gives it the r-th register.
namespace hn = ::hwy::HWY_NAMESPACE;

/// How many lanes of T one register of this target holds.
template <element T>
inline constexpr std::size_t native_width = HWY_MAX_BYTES / sizeof(T);

namespace impl {

/// What the registers hold: T, or the bits of a 16-bit float.
template <element T>
using register_element = std::conditional_t<half_element<T>, std::uint16_t, T>;

template <element T>
LANEWISE_TARGET_INLINE register_element<T> to_register(T x) {
  return std::bit_cast<register_element<T>>(x);
}
template <element T>
LANEWISE_TARGET_INLINE const register_element<T>* to_register(const T* p) {
  return reinterpret_cast<const register_element<T>*>(p);
}
template <element T>
LANEWISE_TARGET_INLINE register_element<T>* to_register(T* p) {
  return reinterpret_cast<register_element<T>*>(p);
}

/// Whether the target adds, multiplies and compares T; other 16-bit floats are computed in f32.
template <element T>
inline constexpr bool is_native = !half_element<T> || (std::same_as<T, float16> && HWY_HAVE_FLOAT16 != 0);

/// How N lanes of T lie in registers: one that is no wider than needed, or as many as it takes.
template <element T, std::size_t N>
struct shape {
  static_assert(std::has_single_bit(N), "the number of lanes of simd<T, N> must be a power of two");
  static constexpr std::size_t lanes_per_register = N < native_width<T> ? N : native_width<T>;
  static constexpr std::size_t registers = N / lanes_per_register;
  using tag = hn::FixedTag<register_element<T>, lanes_per_register>;
};

/// The register as Highway's arithmetic wants it, and back.
template <element T, class V>
LANEWISE_TARGET_INLINE auto to_arithmetic(V v) {
  if constexpr (half_element<T>) {
    return hn::BitCast(hn::Rebind<::hwy::float16_t, hn::DFromV<V>>(), v);
  } else {
    return v;
  }
}
template <element T, class V>
LANEWISE_TARGET_INLINE auto from_arithmetic(V v) {
  return hn::BitCast(hn::Rebind<register_element<T>, hn::DFromV<V>>(), v);
}

/// make(v...) whose arguments, in braces, are evaluated first to last. Those of a call g++ evaluates last to first, and
/// memory that is read backwards comes in slower (sum of 100,000 f32, AVX-512, g++ 12, Zen 5, 2026-11: 127 instead of
/// 200 GB/s).
template <class Result>
struct first_to_last {
  template <class Make, class... V>
  LANEWISE_TARGET_INLINE first_to_last(Make make, V... v) : result(make(v...)) {}
  Result result;
};

/// Calls f(std::integral_constant<std::size_t, i>) for i = 0 to n - 1 and hands all results to `make`: the only way
/// in which registers are visited, since g++ keeps an array of vectors in memory if a run-time loop indexes it.
template <std::size_t n, class Make, class F>
LANEWISE_TARGET_INLINE auto for_registers(Make make, F f) {
  return [&]<std::size_t... i>(std::index_sequence<i...>) LANEWISE_ATTR_INLINE {
    using result = decltype(make(f(std::integral_constant<std::size_t, i>())...));
    return first_to_last<result>{make, f(std::integral_constant<std::size_t, i>())...}.result;
  }(std::make_index_sequence<n>());
}

/// How many of `n` elements fall to register r, which holds `lanes`.
constexpr std::size_t elements_in_register(std::size_t n, std::size_t r, std::size_t lanes) {
  const std::size_t before = r * lanes;
  return n <= before ? 0 : (n - before < lanes ? n - before : lanes);
}

/// A register's mask as bits, lane 0 the lowest, and back.
template <class D, class M>
LANEWISE_TARGET_INLINE std::uint64_t mask_to_bits(D d, M m) {
  constexpr std::size_t lanes = hn::MaxLanes(d);
  std::array<std::uint8_t, 8> bytes;
  hn::StoreMaskBits(d, m, bytes.data());
  // An integer of the size that is written: the optimiser then sees through the memory.
  ::hwy::UnsignedFromSize<(lanes <= 8 ? 1 : lanes / 8)> bits;
  std::memcpy(&bits, bytes.data(), sizeof(bits));
  return lanes < 8 ? bits & ((1u << lanes) - 1) : bits;
}
template <class D>
LANEWISE_TARGET_INLINE auto mask_from_bits(D d, std::uint64_t bits) {
  const auto bytes = std::bit_cast<std::array<std::uint8_t, 8>>(bits);
  return hn::LoadMaskBits(d, bytes.data());
}

/// g++ 12 may turn a masked AVX-512 store whose mask it knows into a load, an insertion and a store of the whole
/// register, which touches what the mask protects (seen with a count of 1, -O1, 2026-11). So it is not to know masks in
/// memory operations: hidden(x) is x, out of the optimiser's sight.
inline constexpr bool masks_must_be_hidden =
    HWY_COMPILER_GCC_ACTUAL != 0 && HWY_ARCH_X86 != 0 && HWY_TARGET <= HWY_AVX3;

LANEWISE_TARGET_INLINE std::size_t hidden(std::size_t n) {
  if constexpr (masks_must_be_hidden) asm("" : "+r"(n));
  return n;
}
template <class M>
LANEWISE_TARGET_INLINE M hidden_mask(M m) {
  if constexpr (masks_must_be_hidden) asm("" : "+Yk"(m.raw));
  return m;
}

/// p[i] where m[i], `otherwise`'s lane elsewhere, by AVX2's instruction, which looks at whole registers of 16 bytes.
/// Highway's MaskedLoadOr loads all and selects there (1.2.0).
template <class D, class M, class T, class V>
LANEWISE_TARGET_INLINE V masked_load(D d, M m, const T* p, V otherwise) {
  if constexpr (sizeof(T) * hn::MaxLanes(d) < 16) m = hn::And(m, hn::FirstN(d, hn::MaxLanes(d)));
  return hn::IfThenElse(m, hn::MaskedLoad(m, d, p), otherwise);
}

/// g++ 12 for aarch64 may take a comparison of two 64-bit lanes for 1 instead of -1 once it goes into & or | (seen with
/// (a < b) & (b < c) of simd<int64, 1>, -O1, 2026-11). settled(m) is m, known to be a register.
template <class M>
LANEWISE_TARGET_INLINE M settled(M m) {
  if constexpr (HWY_COMPILER_GCC_ACTUAL != 0 && HWY_ARCH_ARM_A64 != 0 && HWY_TARGET != HWY_EMU128) {
    if constexpr (sizeof(m.raw) == 8) asm("" : LANEWISE_VECTOR_CONSTRAINT(m.raw));
  }
  return m;
}

}  // namespace impl

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_DETAIL_REGISTERS_HPP
