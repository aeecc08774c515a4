// SPDX-License-Identifier: MIT
// The value type: simd<T, N>, N lanes of T in one or more registers, and mask<T, N>, N lanes of truth.
//
// Construction, lanes, memory and operators. What works on them stands in the headers beside this one, by topic; math
// functions in math.hpp. Costs Highway's own headers (about 0.8 s) and little more.

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "lanewise/simd/detail/registers.hpp"
#include "lanewise/simd/element.hpp"

#if defined(LANEWISE_SIMD_SIMD_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_SIMD_HPP
#undef LANEWISE_SIMD_SIMD_HPP
#else
#define LANEWISE_SIMD_SIMD_HPP
#endif

LANEWISE_BEGIN_TARGET

template <element T, std::size_t N = native_width<T>>
class simd;
template <element T, std::size_t N = native_width<T>>
class mask;
template <element U, element T, std::size_t N>
simd<U, N> cast(simd<T, N> v);
template <element U, element T, std::size_t N>
mask<U, N> cast(mask<T, N> m);
template <element T, std::size_t N>
  requires(N <= 64)
std::uint64_t bits(mask<T, N> m);

namespace impl {

template <integer_element T, std::size_t N>
simd<T, N> quotient(simd<T, N> a, simd<T, N> b);

}  // namespace impl

/// N lanes of true or false, as comparisons of simd<T, N> yield them. Trivially copyable; the lanes have no fixed bit
/// pattern: on AVX-512 a mask is a bit per lane in a mask register, elsewhere a whole lane.
template <element T, std::size_t N>
class mask {
  using shape = impl::shape<T, N>;

 public:
  using value_type = bool;
  using tag = typename shape::tag;
  using native_type = hn::Mask<tag>;
  static constexpr std::size_t registers = shape::registers;

  /// Uninitialised, like an int; `mask<T, N>{}` has every lane false.
  mask() = default;

  /// Every lane is x.
  LANEWISE_TARGET_INLINE explicit mask(bool x) : mask(first(x ? N : 0)) {}

  /// The same lanes of truth for another element type.
  template <element U>
    requires(!std::same_as<T, U>)
  LANEWISE_TARGET_INLINE mask(mask<U, N> m) : mask(cast<T>(m)) {}

  /// The first min(n, N) lanes are true. mask<float, 4>::first(3): {1, 1, 1, 0}.
  LANEWISE_TARGET_INLINE static mask first(std::size_t n) {
    return make([&](auto r) LANEWISE_ATTR_INLINE {
      return hn::FirstN(tag(), impl::elements_in_register(n, r, shape::lanes_per_register));
    });
  }

  /// Lane i is bit i of `bits`, the lowest being lane 0; those beyond N are ignored.
  LANEWISE_TARGET_INLINE static mask from_bits(std::uint64_t bits)
    requires(N <= 64)
  {
    return make([&](auto r) LANEWISE_ATTR_INLINE {
      return impl::mask_from_bits(tag(), bits >> (r * shape::lanes_per_register));
    });
  }

  static constexpr std::size_t size() { return N; }

  /// Lane i, i < N.
  LANEWISE_TARGET_INLINE bool operator[](std::size_t i) const {
    if constexpr (N <= 64) {
      return (bits(*this) >> i & 1) != 0;
    } else {
      return simd<T, N>::select(*this, T(1), T(0))[i] != T(0);
    }
  }

  /// Highway's mask of the r-th register.
  LANEWISE_TARGET_INLINE native_type native(std::size_t r = 0) const { return m_[r]; }

  /// The mask whose r-th register is f(std::integral_constant<std::size_t, r>).
  template <class F>
  LANEWISE_TARGET_INLINE static mask make(F f) {
    return impl::for_registers<registers>([](auto... m) LANEWISE_ATTR_INLINE { return mask(from_registers(), m...); },
                                          f);
  }

  friend LANEWISE_TARGET_INLINE mask operator&(mask a, mask b) {
    return make([&](auto r) LANEWISE_ATTR_INLINE { return hn::And(a.m_[r], b.m_[r]); });
  }
  friend LANEWISE_TARGET_INLINE mask operator|(mask a, mask b) {
    return make([&](auto r) LANEWISE_ATTR_INLINE { return hn::Or(a.m_[r], b.m_[r]); });
  }
  friend LANEWISE_TARGET_INLINE mask operator^(mask a, mask b) {
    return make([&](auto r) LANEWISE_ATTR_INLINE { return hn::Xor(a.m_[r], b.m_[r]); });
  }
  friend LANEWISE_TARGET_INLINE mask operator!(mask a) {
    return make([&](auto r) LANEWISE_ATTR_INLINE { return hn::Not(a.m_[r]); });
  }
  LANEWISE_TARGET_INLINE mask& operator&=(mask b) { return *this = *this & b; }
  LANEWISE_TARGET_INLINE mask& operator|=(mask b) { return *this = *this | b; }
  LANEWISE_TARGET_INLINE mask& operator^=(mask b) { return *this = *this ^ b; }

 private:
  struct from_registers {};
  template <class... M>
  LANEWISE_TARGET_INLINE mask(from_registers, M... m) : m_{m...} {}

  native_type m_[registers];
};

/// N lanes of T, a value like a float: copied, passed and returned, kept in registers. N is any power of two; where it
/// exceeds the register, the lanes are spread over several, which also hides latency in reductions.
///
/// simd<float, 4> v = 1.5f;                     // {1.5, 1.5, 1.5, 1.5}
/// simd<float, 4>{1, 2, 3, 4} + v               // {2.5, 3.5, 4.5, 5.5}
template <element T, std::size_t N>
class simd {
  using shape = impl::shape<T, N>;

 public:
  using value_type = T;
  using mask_type = mask<T, N>;
  using tag = typename shape::tag;
  using native_type = hn::Vec<tag>;
  static constexpr std::size_t registers = shape::registers;
  static constexpr std::size_t lanes_per_register = shape::lanes_per_register;

  /// What load_aligned and store_aligned expect of their pointer, in bytes.
  static constexpr std::size_t alignment = lanes_per_register * sizeof(T);

  /// Uninitialised, like a float; `simd<T, N>{}` has every lane 0.
  simd() = default;

  /// Every lane is x.
  LANEWISE_TARGET_INLINE simd(T x)
      : simd(make([&](auto) LANEWISE_ATTR_INLINE { return hn::Set(tag(), impl::to_register(x)); })) {}
  template <class X>
    requires(half_element<T> && std::is_arithmetic_v<X>)
  LANEWISE_TARGET_INLINE simd(X x) : simd(T(x)) {}

  /// Lane i is the i-th argument; there are N of them.
  template <class... X>
    requires(sizeof...(X) == N && N > 1 && (std::convertible_to<X, T> && ...))
  LANEWISE_TARGET_INLINE simd(X... x) : simd(load(std::array<T, N>{static_cast<T>(x)...}.data())) {}

  /// Lane i is lane(i), where i is a std::integral_constant<std::size_t>; called in order.
  ///
  /// simd<int, 4>([](auto i) { return i * i; })   // {0, 1, 4, 9}
  template <class F>
    requires(std::convertible_to<std::invoke_result_t<F&, std::integral_constant<std::size_t, 0>>, T>)
  LANEWISE_TARGET_INLINE explicit simd(F lane)
      : simd([&]<std::size_t... i>(std::index_sequence<i...>) LANEWISE_ATTR_INLINE {
          return load(std::array<T, N>{static_cast<T>(lane(std::integral_constant<std::size_t, i>()))...}.data());
        }(std::make_index_sequence<N>())) {}

  /// {start, start + step, start + 2 step, ...}; integers wrap.
  LANEWISE_TARGET_INLINE static simd iota(T start = 0, T step = 1) {
    if constexpr (half_element<T>) {
      return cast<T>(simd<float, N>::iota(start, step));
    } else {
      return make([&](auto r) LANEWISE_ATTR_INLINE {
        const auto lane = hn::Iota(tag(), static_cast<T>(r * lanes_per_register));
        return hn::Add(hn::Mul(lane, hn::Set(tag(), step)), hn::Set(tag(), start));
      });
    }
  }

  static constexpr std::size_t size() { return N; }

  // Memory. Each touches exactly the elements that it names, on every target.

  /// p[0] to p[N - 1].
  LANEWISE_TARGET_INLINE static simd load(const T* p) {
    return make([&](auto r)
                    LANEWISE_ATTR_INLINE { return hn::LoadU(tag(), impl::to_register(p) + r * lanes_per_register); });
  }

  /// load from a pointer that is a multiple of `alignment`.
  LANEWISE_TARGET_INLINE static simd load_aligned(const T* p) {
    return make([&](auto r)
                    LANEWISE_ATTR_INLINE { return hn::Load(tag(), impl::to_register(p) + r * lanes_per_register); });
  }

  /// p[0] to p[min(n, N) - 1], then `fill`. Nothing behind n is touched; p may be null for n = 0.
  LANEWISE_TARGET_INLINE static simd load_first(const T* p, std::size_t n, T fill = 0) {
    return make([&](auto r) LANEWISE_ATTR_INLINE {
      const std::size_t here = impl::elements_in_register(n, r, lanes_per_register);
      const T* from = here == 0 ? p : p + r * lanes_per_register;
      if constexpr (HWY_TARGET == HWY_AVX2 && masked_access_is_safe) {
        return impl::masked_load(tag(), hn::FirstN(tag(), here), from, hn::Set(tag(), fill));  // Highway's has branches
      } else {
        return hn::LoadNOr(hn::Set(tag(), impl::to_register(fill)), tag(), impl::to_register(from), impl::hidden(here));
      }
    });
  }

  /// p[i] where m[i], `otherwise`'s lane elsewhere. Elements whose lane is false are not touched.
  LANEWISE_TARGET_INLINE static simd load_masked(const T* p, mask_type m, simd otherwise = simd(T(0))) {
    if constexpr (masked_access_is_safe) {
      return make([&](auto r) LANEWISE_ATTR_INLINE {
        if constexpr (HWY_TARGET == HWY_AVX2) {
          return impl::masked_load(tag(), m.native(r), p + r * lanes_per_register, otherwise.v_[r]);
        } else {
          return hn::MaskedLoadOr(otherwise.v_[r], impl::hidden_mask(m.native(r)), tag(),
                                  impl::to_register(p) + r * lanes_per_register);
        }
      });
    } else {
      std::array<T, N> lanes = otherwise.to_array();
      const std::array<T, N> on = select(m, T(1), T(0)).to_array();
      for (std::size_t i = 0; i < N; ++i) {
        if (on[i] != T(0)) lanes[i] = p[i];
      }
      return load(lanes.data());
    }
  }

  /// To p[0] to p[N - 1].
  LANEWISE_TARGET_INLINE void store(T* p) const {
    each([&](auto r) LANEWISE_ATTR_INLINE { hn::StoreU(v_[r], tag(), impl::to_register(p) + r * lanes_per_register); });
  }

  /// store to a pointer that is a multiple of `alignment`.
  LANEWISE_TARGET_INLINE void store_aligned(T* p) const {
    each([&](auto r) LANEWISE_ATTR_INLINE { hn::Store(v_[r], tag(), impl::to_register(p) + r * lanes_per_register); });
  }

  /// To p[0] to p[min(n, N) - 1]. Nothing behind n is touched; p may be null for n = 0.
  LANEWISE_TARGET_INLINE void store_first(T* p, std::size_t n) const {
    each([&](auto r) LANEWISE_ATTR_INLINE {
      const std::size_t here = impl::elements_in_register(n, r, lanes_per_register);
      if (here != 0) hn::StoreN(v_[r], tag(), impl::to_register(p) + r * lanes_per_register, impl::hidden(here));
    });
  }

  /// To p[i] where m[i]. Elements whose lane is false are not touched.
  LANEWISE_TARGET_INLINE void store_masked(T* p, mask_type m) const {
    if constexpr (masked_access_is_safe) {
      each([&](auto r) LANEWISE_ATTR_INLINE {
        hn::BlendedStore(v_[r], impl::hidden_mask(m.native(r)), tag(), impl::to_register(p) + r * lanes_per_register);
      });
    } else {
      const std::array<T, N> lanes = to_array();
      const std::array<T, N> on = select(m, T(1), T(0)).to_array();
      for (std::size_t i = 0; i < N; ++i) {
        if (on[i] != T(0)) p[i] = lanes[i];
      }
    }
  }

  // Lanes.

  /// Lane i, i < N.
  LANEWISE_TARGET_INLINE T operator[](std::size_t i) const {
    if constexpr (N == 1) {
      return std::bit_cast<T>(hn::GetLane(v_[0]));
    } else {
      return to_array()[i];
    }
  }

  /// The same vector with lane i, i < N, replaced by x.
  LANEWISE_TARGET_INLINE simd with_lane(std::size_t i, T x) const {
    // Not through memory, where a load of the whole would wait for the store of the lane (g++ and clang do so even
    // where they know i).
    return make([&](auto r) LANEWISE_ATTR_INLINE {
      constexpr hn::RebindToUnsigned<tag> d;
      using index = hn::TFromD<decltype(d)>;
      std::size_t here = i - r * lanes_per_register;
      if constexpr (registers > 1) here = here < lanes_per_register ? here : lanes_per_register;
      const auto lane = static_cast<index>(here);
      const auto found = hn::RebindMask(tag(), hn::Eq(hn::Iota(d, 0), hn::Set(d, lane)));
      return hn::IfThenElse(found, hn::Set(tag(), impl::to_register(x)), v_[r]);
    });
  }

  LANEWISE_TARGET_INLINE std::array<T, N> to_array() const {
    std::array<T, N> lanes;
    store(lanes.data());
    return lanes;
  }

  /// a's lane where m is true, b's elsewhere.
  LANEWISE_TARGET_INLINE static simd select(mask_type m, simd a, simd b) {
    return make([&](auto r) LANEWISE_ATTR_INLINE { return hn::IfThenElse(m.native(r), a.v_[r], b.v_[r]); });
  }

  // The way to and from Highway.

  /// Highway's vector in the r-th register.
  LANEWISE_TARGET_INLINE native_type native(std::size_t r = 0) const { return v_[r]; }

  /// The vector whose r-th register is f(std::integral_constant<std::size_t, r>).
  template <class F>
  LANEWISE_TARGET_INLINE static simd make(F f) {
    return impl::for_registers<registers>([](auto... v) LANEWISE_ATTR_INLINE { return simd(from_registers(), v...); },
                                          f);
  }

  /// Calls f(std::integral_constant<std::size_t, r>) for every register.
  template <class F>
  LANEWISE_TARGET_INLINE static void each(F f) {
    [&]<std::size_t... r>(std::index_sequence<r...>) LANEWISE_ATTR_INLINE {
      (f(std::integral_constant<std::size_t, r>()), ...);
    }(std::make_index_sequence<registers>());
  }

  /// op(a...) register by register: op takes and returns Highway's vectors. Floats that the target does not compute
  /// with go through f32.
  template <class Op, std::same_as<simd>... V>
  LANEWISE_TARGET_INLINE static simd apply(Op op, V... a) {
    if constexpr (!impl::is_native<T>) {
      return cast<T>(simd<float, N>::apply(op, cast<float>(a)...));
    } else {
      return make([&](auto r) LANEWISE_ATTR_INLINE {
        return impl::from_arithmetic<T>(op(impl::to_arithmetic<T>(a.v_[r])...));
      });
    }
  }

  /// The same for an op that returns Highway's masks.
  template <class Op, std::same_as<simd>... V>
  LANEWISE_TARGET_INLINE static mask_type test(Op op, V... a) {
    if constexpr (!impl::is_native<T>) {
      return simd<float, N>::test(op, cast<float>(a)...);
    } else {
      return mask_type::make([&](auto r) LANEWISE_ATTR_INLINE {
        return impl::settled(hn::RebindMask(tag(), op(impl::to_arithmetic<T>(a.v_[r])...)));
      });
    }
  }

  // Operators, lane by lane. Integers wrap. Where the target has fused multiply-add, a compiler may contract a * b + c
  // to it as it may for scalars; -ffp-contract=off keeps the two roundings.

  friend LANEWISE_TARGET_INLINE simd operator+(simd a, simd b) {
    return apply([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::Add(x, y); }, a, b);
  }
  friend LANEWISE_TARGET_INLINE simd operator-(simd a, simd b) {
    return apply([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::Sub(x, y); }, a, b);
  }
  friend LANEWISE_TARGET_INLINE simd operator*(simd a, simd b) {
    return apply([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::Mul(x, y); }, a, b);
  }
  friend LANEWISE_TARGET_INLINE simd operator/(simd a, simd b)
    requires floating_element<T>
  {
    return apply([](auto x, auto y) LANEWISE_ATTR_INLINE { return impl::divide(x, y); }, a, b);
  }

  /// Integers: cut off towards zero, as in C++. Nothing is undefined: a / 0 is 0, a % 0 is a, and the most negative
  /// number by -1 is itself, with remainder 0. Where one divisor serves many vectors, divisor<T> (divisor.hpp) is
  /// faster.
  friend LANEWISE_TARGET_INLINE simd operator/(simd a, simd b)
    requires integer_element<T>
  {
    return impl::quotient(a, b);
  }
  friend LANEWISE_TARGET_INLINE simd operator%(simd a, simd b)
    requires integer_element<T>
  {
    return a - impl::quotient(a, b) * b;
  }
  friend LANEWISE_TARGET_INLINE simd operator+(simd a) { return a; }
  friend LANEWISE_TARGET_INLINE simd operator-(simd a)
    requires(!std::is_unsigned_v<T>)
  {
    return apply([](auto x) LANEWISE_ATTR_INLINE { return hn::Neg(x); }, a);
  }
  friend LANEWISE_TARGET_INLINE simd operator&(simd a, simd b)
    requires integer_element<T>
  {
    return make([&](auto r) LANEWISE_ATTR_INLINE { return hn::And(a.v_[r], b.v_[r]); });
  }
  friend LANEWISE_TARGET_INLINE simd operator|(simd a, simd b)
    requires integer_element<T>
  {
    return make([&](auto r) LANEWISE_ATTR_INLINE { return hn::Or(a.v_[r], b.v_[r]); });
  }
  friend LANEWISE_TARGET_INLINE simd operator^(simd a, simd b)
    requires integer_element<T>
  {
    return make([&](auto r) LANEWISE_ATTR_INLINE { return hn::Xor(a.v_[r], b.v_[r]); });
  }
  friend LANEWISE_TARGET_INLINE simd operator~(simd a)
    requires integer_element<T>
  {
    return make([&](auto r) LANEWISE_ATTR_INLINE { return hn::Not(a.v_[r]); });
  }

  /// Every lane shifted by `count`, or lane by lane; counts from 0 to the number of bits less one. Right shifts of
  /// signed types keep the sign.
  friend LANEWISE_TARGET_INLINE simd operator<<(simd a, int count)
    requires integer_element<T>
  {
    return make([&](auto r) LANEWISE_ATTR_INLINE { return hn::ShiftLeftSame(a.v_[r], count); });
  }
  friend LANEWISE_TARGET_INLINE simd operator>>(simd a, int count)
    requires integer_element<T>
  {
    return make([&](auto r) LANEWISE_ATTR_INLINE { return hn::ShiftRightSame(a.v_[r], count); });
  }
  friend LANEWISE_TARGET_INLINE simd operator<<(simd a, simd counts)
    requires integer_element<T>
  {
    return make([&](auto r) LANEWISE_ATTR_INLINE { return hn::Shl(a.v_[r], counts.v_[r]); });
  }
  friend LANEWISE_TARGET_INLINE simd operator>>(simd a, simd counts)
    requires integer_element<T>
  {
    return make([&](auto r) LANEWISE_ATTR_INLINE { return hn::Shr(a.v_[r], counts.v_[r]); });
  }

  LANEWISE_TARGET_INLINE simd& operator+=(simd b) { return *this = *this + b; }
  LANEWISE_TARGET_INLINE simd& operator-=(simd b) { return *this = *this - b; }
  LANEWISE_TARGET_INLINE simd& operator*=(simd b) { return *this = *this * b; }
  LANEWISE_TARGET_INLINE simd& operator/=(simd b) { return *this = *this / b; }
  LANEWISE_TARGET_INLINE simd& operator%=(simd b)
    requires integer_element<T>
  {
    return *this = *this % b;
  }
  LANEWISE_TARGET_INLINE simd& operator&=(simd b)
    requires integer_element<T>
  {
    return *this = *this & b;
  }
  LANEWISE_TARGET_INLINE simd& operator|=(simd b)
    requires integer_element<T>
  {
    return *this = *this | b;
  }
  LANEWISE_TARGET_INLINE simd& operator^=(simd b)
    requires integer_element<T>
  {
    return *this = *this ^ b;
  }
  LANEWISE_TARGET_INLINE simd& operator<<=(int count)
    requires integer_element<T>
  {
    return *this = *this << count;
  }
  LANEWISE_TARGET_INLINE simd& operator>>=(int count)
    requires integer_element<T>
  {
    return *this = *this >> count;
  }
  LANEWISE_TARGET_INLINE simd& operator<<=(simd counts)
    requires integer_element<T>
  {
    return *this = *this << counts;
  }
  LANEWISE_TARGET_INLINE simd& operator>>=(simd counts)
    requires integer_element<T>
  {
    return *this = *this >> counts;
  }
  LANEWISE_TARGET_INLINE simd& operator++() { return *this = *this + simd(T(1)); }
  LANEWISE_TARGET_INLINE simd& operator--() { return *this = *this - simd(T(1)); }
  LANEWISE_TARGET_INLINE simd operator++(int) {
    const simd before = *this;
    *this = before + simd(T(1));
    return before;
  }
  LANEWISE_TARGET_INLINE simd operator--(int) {
    const simd before = *this;
    *this = before - simd(T(1));
    return before;
  }

  friend LANEWISE_TARGET_INLINE mask_type operator==(simd a, simd b) {
    return test([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::Eq(x, y); }, a, b);
  }
  friend LANEWISE_TARGET_INLINE mask_type operator!=(simd a, simd b) {
    return !(a == b);  // not Highway's Ne, which is false for NaN on AVX2 and later, and true elsewhere (1.2.0)
  }
  friend LANEWISE_TARGET_INLINE mask_type operator<(simd a, simd b) {
    return test([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::Lt(x, y); }, a, b);
  }
  friend LANEWISE_TARGET_INLINE mask_type operator<=(simd a, simd b) {
    return test([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::Le(x, y); }, a, b);
  }
  friend LANEWISE_TARGET_INLINE mask_type operator>(simd a, simd b) {
    return test([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::Gt(x, y); }, a, b);
  }
  friend LANEWISE_TARGET_INLINE mask_type operator>=(simd a, simd b) {
    return test([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::Ge(x, y); }, a, b);
  }

 private:
  struct from_registers {};
  template <class... V>
  LANEWISE_TARGET_INLINE simd(from_registers, V... v) : v_{v...} {}

  // Elsewhere Highway's masked memory operations may fault on lanes that are switched off.
  static constexpr bool masked_access_is_safe =
      !HWY_MEM_OPS_MIGHT_FAULT || (HWY_TARGET == HWY_AVX2 && sizeof(T) >= 4 && !HWY_IS_ASAN && !HWY_IS_MSAN);

  native_type v_[registers];
};

/// The lanes of a mask as bits, lane 0 the lowest; mask::from_bits is the way back.
template <element T, std::size_t N>
  requires(N <= 64)
LANEWISE_TARGET_INLINE std::uint64_t bits(mask<T, N> m) {
  using shape = impl::shape<T, N>;
  return impl::for_registers<shape::registers>([](auto... b) LANEWISE_ATTR_INLINE { return (b | ...); },
                                               [&](auto r) LANEWISE_ATTR_INLINE {
                                                 return impl::mask_to_bits(typename shape::tag(), m.native(r))
                                                        << (r * shape::lanes_per_register);
                                               });
}

LANEWISE_END_TARGET

#include "lanewise/simd/convert.hpp"  // cast, which 16-bit floats are computed with; division of integers

#endif  // LANEWISE_SIMD_SIMD_HPP
