// SPDX-License-Identifier: MIT
// Bits of integers: shifts by a constant, rotates, counts of bits and zeros, reversed bits and bytes, and-not, any
// function of three operands.

#include "lanewise/config/avx512.hpp"
#include "lanewise/simd/simd.hpp"

#if defined(LANEWISE_SIMD_BITS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_BITS_HPP
#undef LANEWISE_SIMD_BITS_HPP
#else
#define LANEWISE_SIMD_BITS_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

template <integer_element T>
inline constexpr int width_of = static_cast<int>(8 * sizeof(T));

/// Whether one instruction rotates lanes of T.
template <integer_element T>
inline constexpr bool rotates = has_avx512 && sizeof(T) >= 4;

/// The same bits, signed or not.
template <integer_element U, integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<U, N> same_bits(simd<T, N> v) {
  static_assert(sizeof(U) == sizeof(T));
  return simd<U, N>::make([&](auto r)
                              LANEWISE_ATTR_INLINE { return hn::BitCast(typename simd<U, N>::tag(), v.native(r)); });
}

/// op(registers of v as unsigned integers), as T.
template <class Op, integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> on_unsigned(Op op, simd<T, N> v) {
  using U = hwy::MakeUnsigned<T>;
  return same_bits<T>(simd<U, N>::apply(op, same_bits<U>(v)));
}

/// A table's 16 bytes at least, for bytes of any shorter vector.
template <class D>
using table_tag = std::conditional_t<(hn::MaxLanes(D()) < 16), hn::FixedTag<std::uint8_t, 16>, D>;

/// Zeros above (or below) the highest (lowest) one of each byte, 8 if there is none: the less of what tables say about
/// its halves.
template <bool from_left, class V>
LANEWISE_TARGET_INLINE V zeros_of_bytes(V bytes) {
  constexpr hn::DFromV<V> d;
  constexpr table_tag<hn::DFromV<V>> t;
  const auto high = hn::ShiftRight<4>(bytes), low = hn::And(bytes, hn::Set(d, 0x0F));
  if constexpr (from_left) {
    const auto of_high = hn::Dup128VecFromValues(t, 8, 3, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    const auto of_low = hn::Dup128VecFromValues(t, 8, 7, 6, 6, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4, 4, 4);
    return hn::Min(hn::TableLookupBytes(of_high, high), hn::TableLookupBytes(of_low, low));
  } else {
    const auto of_high = hn::Dup128VecFromValues(t, 8, 4, 5, 4, 6, 4, 5, 4, 7, 4, 5, 4, 6, 4, 5, 4);
    const auto of_low = hn::Dup128VecFromValues(t, 8, 0, 1, 0, 2, 0, 1, 0, 3, 0, 1, 0, 2, 0, 1, 0);
    return hn::Min(hn::TableLookupBytes(of_high, high), hn::TableLookupBytes(of_low, low));
  }
}

/// The same for unsigned lanes of 8 or 16 bits.
template <bool from_left, class V>
LANEWISE_TARGET_INLINE V zeros_of_short_lanes(V v) {
  using D = hn::DFromV<V>;
  if constexpr (sizeof(hn::TFromV<V>) == 1) {
    return zeros_of_bytes<from_left>(v);
  } else {
    const auto counts = hn::BitCast(D(), zeros_of_bytes<from_left>(hn::BitCast(hn::Repartition<std::uint8_t, D>(), v)));
    const auto upper = hn::ShiftRight<8>(counts), lower = hn::And(counts, hn::Set(D(), 0xFF));
    const auto first = from_left ? upper : lower, second = from_left ? lower : upper;
    return hn::Add(first, hn::And(second, hn::VecFromMask(D(), hn::Eq(first, hn::Set(D(), 8)))));
  }
}

/// How many instructions a function of two operands takes; bit 2 b + c of its table is its value.
constexpr int cost_of_two(unsigned table) {
  switch (table) {
    case 0b0000:
    case 0b1111:
    case 0b1100:
    case 0b1010:
      return 0;  // constants, b, c
    case 0b0001:
    case 0b0111:
    case 0b1001:
    case 0b1011:
    case 0b1101:
      return 2;  // with a complement, but and-not
    default:
      return 1;
  }
}

/// The table of a function of three with operand `pivot` (0, 1, 2: a, b, c) moved to the front.
constexpr unsigned pivoted(unsigned table, int pivot) {
  unsigned result = 0;
  for (unsigned i = 0; i < 8; ++i) {
    const unsigned first = i >> 2, second = i >> 1 & 1, third = i & 1;
    const unsigned from = pivot == 0   ? i
                          : pivot == 1 ? second << 2 | first << 1 | third
                                       : second << 2 | third << 1 | first;
    result |= (table >> from & 1) << i;
  }
  return result;
}

/// What it takes to choose by the front operand between the functions in the halves of the table.
constexpr int cost_of_three(unsigned table) {
  const unsigned if_set = table >> 4, if_clear = table & 15;
  if (if_set == if_clear) return cost_of_two(if_clear);
  if (if_clear == 0 || if_set == 15 || if_set == 0)
    return cost_of_two(if_set ^ (if_set == 15 ? if_clear : 0)) + (if_set == 0 ? cost_of_two(if_clear) : 0) + 1;
  if (if_clear == 15) return cost_of_two(if_set) + 2;
  if ((if_set ^ if_clear) == 15) return cost_of_two(if_clear) + 1;
  return cost_of_two(if_clear) + cost_of_two(if_set ^ if_clear) + 2;
}

template <unsigned table, class V>
LANEWISE_TARGET_INLINE V function_of_two(V b, V c) {
  constexpr hn::DFromV<V> d;
  if constexpr (table == 0b0000) return hn::Zero(d);
  if constexpr (table == 0b0001) return hn::Not(hn::Or(b, c));
  if constexpr (table == 0b0010) return hn::AndNot(b, c);
  if constexpr (table == 0b0011) return hn::Not(b);
  if constexpr (table == 0b0100) return hn::AndNot(c, b);
  if constexpr (table == 0b0101) return hn::Not(c);
  if constexpr (table == 0b0110) return hn::Xor(b, c);
  if constexpr (table == 0b0111) return hn::Not(hn::And(b, c));
  if constexpr (table == 0b1000) return hn::And(b, c);
  if constexpr (table == 0b1001) return hn::Not(hn::Xor(b, c));
  if constexpr (table == 0b1010) return c;
  if constexpr (table == 0b1011) return hn::Or(hn::Not(b), c);
  if constexpr (table == 0b1100) return b;
  if constexpr (table == 0b1101) return hn::Or(b, hn::Not(c));
  if constexpr (table == 0b1110) return hn::Or(b, c);
  if constexpr (table == 0b1111) return hn::Set(d, static_cast<hn::TFromV<V>>(-1));
}

template <unsigned table, class V>
LANEWISE_TARGET_INLINE V function_of_three(V a, V b, V c) {
  constexpr int of_a = cost_of_three(table);
  constexpr int of_b = cost_of_three(pivoted(table, 1)), of_c = cost_of_three(pivoted(table, 2));
  if constexpr (of_b < of_a && of_b <= of_c) {
    return function_of_three<pivoted(table, 1)>(b, a, c);
  } else if constexpr (of_c < of_a) {
    return function_of_three<pivoted(table, 2)>(c, a, b);
  } else {
    constexpr unsigned if_set = table >> 4, if_clear = table & 15;
    if constexpr (if_set == if_clear) {
      return function_of_two<if_clear>(b, c);
    } else if constexpr (if_clear == 0) {
      return hn::And(a, function_of_two<if_set>(b, c));
    } else if constexpr (if_set == 0) {
      return hn::AndNot(a, function_of_two<if_clear>(b, c));
    } else if constexpr (if_set == 15) {
      return hn::Or(a, function_of_two<if_clear>(b, c));
    } else if constexpr (if_clear == 15) {
      return hn::Or(hn::Not(a), function_of_two<if_set>(b, c));
    } else if constexpr ((if_set ^ if_clear) == 15) {
      return hn::Xor(a, function_of_two<if_clear>(b, c));
    } else {
      return hn::Xor(function_of_two<if_clear>(b, c), hn::And(a, function_of_two<if_set ^ if_clear>(b, c)));
    }
  }
}

}  // namespace impl

/// Every lane shifted by a constant, 0 to the number of bits less one; as the operators << and >>, which take their
/// count at run time and where it is for the caller to keep it in that range.
template <int count, integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> shift_left(simd<T, N> v) {
  static_assert(0 <= count && count < impl::width_of<T>,
                "shift_left<count>: count must be less than the number of bits");
  return simd<T, N>::apply([](auto x) LANEWISE_ATTR_INLINE { return hn::ShiftLeft<count>(x); }, v);
}
template <int count, integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> shift_right(simd<T, N> v) {
  static_assert(0 <= count && count < impl::width_of<T>,
                "shift_right<count>: count must be less than the number of bits");
  return simd<T, N>::apply([](auto x) LANEWISE_ATTR_INLINE { return hn::ShiftRight<count>(x); }, v);
}

/// Rotates to the left and to the right, by a constant, by one count, or lane by lane. Any count will do: it is taken
/// modulo the number of bits, so that a negative one rotates the other way. rotl<8>(simd<uint32_t, 1>(0x12345678)):
/// 0x34567812.
template <int count, integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> rotr(simd<T, N> v) {
  constexpr int k = count & (impl::width_of<T> - 1);
  if constexpr (k == 0) {
    return v;
  } else {
    return impl::on_unsigned(
        [](auto x) LANEWISE_ATTR_INLINE {
          if constexpr (impl::rotates<T>) {
            return hn::RotateRight<k>(x);
          } else {
            return hn::Or(hn::ShiftRight<k>(x), hn::ShiftLeft<impl::width_of<T> - k>(x));
          }
        },
        v);
  }
}
template <int count, integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> rotl(simd<T, N> v) {
  return rotr<impl::width_of<T> - (count & (impl::width_of<T> - 1))>(v);
}
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> rotl(simd<T, N> v, std::type_identity_t<simd<T, N>> counts) {
  using U = hwy::MakeUnsigned<T>;
  const auto bits = impl::same_bits<U>(v);
  const auto by = impl::same_bits<U>(counts);
  if constexpr (impl::rotates<T>) {
    return impl::same_bits<T>(
        simd<U, N>::apply([](auto x, auto c) LANEWISE_ATTR_INLINE { return hn::Rol(x, c); }, bits, by));
  } else {
    const U most = impl::width_of<T> - 1;
    return impl::same_bits<T>((bits << (by & most)) | (bits >> ((U(0) - by) & most)));
  }
}
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> rotr(simd<T, N> v, std::type_identity_t<simd<T, N>> counts) {
  using U = hwy::MakeUnsigned<T>;
  return rotl(v, impl::same_bits<T>(U(0) - impl::same_bits<U>(counts)));
}
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> rotl(simd<T, N> v, int count) {
  if constexpr (impl::rotates<T>) {
    return rotl(v, simd<T, N>(static_cast<T>(count)));
  } else {
    const auto bits = impl::same_bits<hwy::MakeUnsigned<T>>(v);
    const int most = impl::width_of<T> - 1;
    return impl::same_bits<T>((bits << (count & most)) |
                              (bits >> (static_cast<int>(0u - static_cast<unsigned>(count)) & most)));
  }
}
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> rotr(simd<T, N> v, int count) {
  return rotl(v, static_cast<int>(0u - static_cast<unsigned>(count)));
}

/// How many bits are 1.
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> popcount(simd<T, N> v) {
  return impl::on_unsigned(
      [](auto x) LANEWISE_ATTR_INLINE {
        if constexpr (HWY_ARCH_X86 != 0 && HWY_TARGET > HWY_AVX3_DL && sizeof(T) == 8) {
          return hn::SumsOf8(
              hn::PopulationCount(hn::BitCast(hn::Repartition<std::uint8_t, hn::DFromV<decltype(x)>>(), x)));
        } else {
          return hn::PopulationCount(x);
        }
      },
      v);
}

/// How many zeros stand above the highest 1, below the lowest 1; the number of bits for 0.
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> countl_zero(simd<T, N> v) {
  return impl::on_unsigned(
      [](auto x) LANEWISE_ATTR_INLINE {
        if constexpr (sizeof(T) <= 2) {
          return impl::zeros_of_short_lanes<true>(x);
        } else {
          return hn::LeadingZeroCount(x);
        }
      },
      v);
}
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> countr_zero(simd<T, N> v) {
  return impl::on_unsigned(
      [](auto x) LANEWISE_ATTR_INLINE {
        if constexpr (sizeof(T) <= 2) {
          return impl::zeros_of_short_lanes<false>(x);
        } else {
          return hn::TrailingZeroCount(x);
        }
      },
      v);
}

/// The bits of each lane, last to first.
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> reverse_bits(simd<T, N> v) {
  return impl::on_unsigned([](auto x) LANEWISE_ATTR_INLINE { return hn::ReverseBits(x); }, v);
}

/// The bytes of each lane, last to first.
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> byteswap(simd<T, N> v) {
  if constexpr (sizeof(T) == 1) {
    return v;
  } else {
    return impl::on_unsigned([](auto x) LANEWISE_ATTR_INLINE { return hn::ReverseLaneBytes(x); }, v);
  }
}

/// a & ~b, one instruction.
template <integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> and_not(simd<T, N> a, std::type_identity_t<simd<T, N>> b) {
  return simd<T, N>::apply([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::AndNot(y, x); }, a, b);
}
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE mask<T, N> and_not(mask<T, N> a, std::type_identity_t<mask<T, N>> b) {
  if constexpr (HWY_ARCH_ARM != 0) {
    return a & !b;  // g++ 12 makes a 1 of the -1 of a one-lane mask in AndNot (aarch64, 2026-11)
  } else {
    return mask<T, N>::make([&](auto r) LANEWISE_ATTR_INLINE { return hn::AndNot(b.native(r), a.native(r)); });
  }
}

/// Any function of the bits of three vectors, given as the column of results for (a, b, c) = (1, 1, 1), (1, 1, 0) to
/// (0, 0, 0): one instruction on AVX-512, elsewhere few. Write the table as that function of 0xF0, 0xCC and 0xAA:
///
/// ternary_logic<(0xF0 & 0xCC) | (~0xF0 & 0xAA)>(a, b, c)  // b where a is 1, c elsewhere
template <unsigned table, integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> ternary_logic(simd<T, N> a, std::type_identity_t<simd<T, N>> b,
                                                std::type_identity_t<simd<T, N>> c) {
  return simd<T, N>::apply(
      [](auto x, auto y, auto z) LANEWISE_ATTR_INLINE {
        if constexpr (impl::has_avx512) {
          return impl::ternary_logic<(table & 0xFF)>(x, y, z);
        } else {
          return impl::function_of_three<(table & 0xFF)>(x, y, z);
        }
      },
      a, b, c);
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_BITS_HPP
