// SPDX-License-Identifier: MIT
// The reference functions: in double for f32, in MPFR or long double for f64.

#include "support/reference.hpp"

#include <algorithm>
#include <numbers>

#if LANEWISE_TESTS_MPFR
#include <mpfr.h>
#endif

namespace lanewise_tests {

#if LANEWISE_TESTS_MPFR
/// 160 binary digits: 107 more than f64 has, for functions that lose some on the way.
struct number {
  number() { mpfr_init2(value, 160); }
  explicit number(double x) : number() { mpfr_set_d(value, x, MPFR_RNDN); }
  number(const number&) = delete;
  number& operator=(const number&) = delete;
  ~number() { mpfr_clear(value); }
  operator mpfr_ptr() { return value; }
  operator mpfr_srcptr() const { return value; }

  mpfr_t value;
};
#endif

namespace {

// What <cmath> lacks, in any floating-point type. Arguments are exact, so that only the last steps round.

template <class F>
F exp10(F x) {
  return std::pow(F(10), x);
}

/// x - 2 round(x / 2), exact, in [-1, 1].
template <class F>
F sinpi(F x) {
  if (std::isinf(x) || std::isnan(x)) return std::numeric_limits<F>::quiet_NaN();
  F r = std::remainder(x, F(2));
  if (std::abs(r) > F(0.5)) r = std::copysign(F(1), r) - r;
  return r == 0 ? std::copysign(F(0), x) : std::sin(std::numbers::pi_v<F> * r);
}
template <class F>
F cospi(F x) {
  if (std::isinf(x) || std::isnan(x)) return std::numeric_limits<F>::quiet_NaN();
  const F r = std::abs(std::remainder(x, F(2)));
  return r < F(0.25)   ? std::cos(std::numbers::pi_v<F> * r)
         : r == F(0.5) ? F(0)
         : r > F(0.75) ? -std::cos(std::numbers::pi_v<F> * (F(1) - r))
                       : std::sin(std::numbers::pi_v<F> * (F(0.5) - r));
}

/// signgam, which std::lgamma sets, is a global variable.
double lgamma(double x) {
#ifdef __GLIBC__
  int sign = 0;
  return ::lgamma_r(x, &sign);
#else
  return std::lgamma(x);
#endif
}
long double lgamma(long double x) {
#ifdef __GLIBC__
  int sign = 0;
  return ::lgammal_r(x, &sign);
#else
  return std::lgamma(x);
#endif
}

template <class F>
F sigmoid(F x) {
  return 1 / (1 + std::exp(-x));
}
/// Towards -infinity silu and gelu tend to zero from below; at -infinity they are that zero.
template <class F>
F silu(F x) {
  if (x == -std::numeric_limits<F>::infinity()) return F(-0.0);
  const F e = std::exp(x);
  return x < 0 ? x * (e / (1 + e)) : x / (1 + std::exp(-x));
}
/// erfc(z) at z = -x / sqrt(2) loses digits to the rounding of z: put right by erfc'(z) / erfc(z), about -2 z.
template <class F>
F gelu(F x) {
  if (x == -std::numeric_limits<F>::infinity()) return F(-0.0);
  constexpr F half_root = 1 / std::numbers::sqrt2_v<F>;
  const F z = -x * half_root;
  F correction = 0;
  if (z > 1 && z < 200) {
    const F low = std::fma(-half_root, half_root, F(0.5)) / (2 * half_root);
    correction = -2 * z * (std::fma(-x, half_root, -z) - x * low);
  }
  const F e = std::erfc(z);
  return x * ((e + e * correction) / 2);
}
template <class F>
F softplus(F x) {
  return x < 0 ? std::log1p(std::exp(x)) : x + std::log1p(std::exp(-x));
}

#if LANEWISE_TESTS_MPFR

expected<double> rounded_from(number& exact) {
  const double nearest = mpfr_get_d(exact, MPFR_RNDN);
  if (mpfr_regular_p(exact) == 0) return {nearest};
  const mpfr_exp_t e = mpfr_get_exp(exact);
  const int unit = static_cast<int>(std::clamp<mpfr_exp_t>(e, -1021, 1024)) - 53;
  if (std::isinf(nearest)) {
    number beyond;
    mpfr_set_si_2exp(beyond, nearest > 0 ? 1 : -1, 1024, MPFR_RNDN);
    mpfr_sub(exact, exact, beyond, MPFR_RNDN);
  } else {
    mpfr_sub_d(exact, exact, nearest, MPFR_RNDN);
  }
  mpfr_mul_2si(exact, exact, -unit, MPFR_RNDN);
  return {nearest, std::ldexp(1.0, unit), mpfr_get_d(exact, MPFR_RNDN)};
}

int zero(number& y, bool negative) {
  mpfr_set_zero(y, negative ? -1 : 1);
  return 0;
}

/// pi times what sinpi and cospi leave of x.
void angle(number& y, const number& x) {
  const number two(2.0);
  number pi;
  mpfr_const_pi(pi, MPFR_RNDN);
  mpfr_remainder(y, x, two, MPFR_RNDN);
  mpfr_mul(y, y, pi, MPFR_RNDN);
}
int mpfr_sinpi(number& y, const number& x) {
  if (mpfr_number_p(x) == 0) return mpfr_sin(y, x, MPFR_RNDN);
  if (mpfr_integer_p(x) != 0) return zero(y, mpfr_signbit(x) != 0);
  angle(y, x);
  return mpfr_sin(y, y, MPFR_RNDN);
}
int mpfr_cospi(number& y, const number& x) {
  if (mpfr_number_p(x) == 0) return mpfr_cos(y, x, MPFR_RNDN);
  number twice;
  mpfr_mul_2ui(twice, x, 1, MPFR_RNDN);
  if (mpfr_integer_p(twice) != 0 && mpfr_integer_p(x) == 0) return zero(y, false);
  angle(y, x);
  return mpfr_cos(y, y, MPFR_RNDN);
}
int mpfr_lgamma(number& y, const number& x) {
  int sign = 0;
  return ::mpfr_lgamma(y, &sign, x, MPFR_RNDN);
}
int mpfr_sigmoid(number& y, const number& x) {
  mpfr_neg(y, x, MPFR_RNDN);
  mpfr_exp(y, y, MPFR_RNDN);
  mpfr_add_ui(y, y, 1, MPFR_RNDN);
  return mpfr_ui_div(y, 1, y, MPFR_RNDN);
}
bool is_minus_infinity(const number& x) { return mpfr_inf_p(x) != 0 && mpfr_signbit(x) != 0; }
int mpfr_silu(number& y, const number& x) {
  if (is_minus_infinity(x)) return zero(y, true);
  mpfr_sigmoid(y, x);
  return mpfr_mul(y, x, y, MPFR_RNDN);
}
int mpfr_gelu(number& y, const number& x) {
  if (is_minus_infinity(x)) return zero(y, true);
  number root;
  mpfr_sqrt_ui(root, 2, MPFR_RNDN);
  mpfr_div(y, x, root, MPFR_RNDN);
  mpfr_neg(y, y, MPFR_RNDN);
  mpfr_erfc(y, y, MPFR_RNDN);
  mpfr_div_2ui(y, y, 1, MPFR_RNDN);
  return mpfr_mul(y, x, y, MPFR_RNDN);
}
int mpfr_softplus(number& y, const number& x) {
  const bool negative = mpfr_signbit(x) != 0;
  mpfr_abs(y, x, MPFR_RNDN);
  mpfr_neg(y, y, MPFR_RNDN);
  mpfr_exp(y, y, MPFR_RNDN);
  mpfr_log1p(y, y, MPFR_RNDN);
  return negative ? 0 : mpfr_add(y, x, y, MPFR_RNDN);
}

#define LANEWISE_TESTS_EXACT1(f) [](number& y, const number& x) { return ::f(y, x, MPFR_RNDN); }
#define LANEWISE_TESTS_EXACT2(f) [](number& z, const number& x, const number& y) { return ::f(z, x, y, MPFR_RNDN); }
#define LANEWISE_TESTS_OWN(f) f
#else
#define LANEWISE_TESTS_EXACT1(f) nullptr
#define LANEWISE_TESTS_EXACT2(f) nullptr
#define LANEWISE_TESTS_OWN(f) nullptr
#endif

#define LANEWISE_TESTS_WIDE1(f) \
  [](double x) -> double { return f(x); }, [](long double x) -> long double { return f(x); }
#define LANEWISE_TESTS_WIDE2(f)                         \
  [](double x, double y) -> double { return f(x, y); }, \
      [](long double x, long double y) -> long double { return f(x, y); }

}  // namespace

expected<float> unary::operator()(float x) const { return rounded<float>(in_double(static_cast<double>(x))); }
expected<float> binary::operator()(float x, float y) const {
  return rounded<float>(in_double(static_cast<double>(x), static_cast<double>(y)));
}

expected<double> unary::operator()(double x) const {
#if LANEWISE_TESTS_MPFR
  number y;
  in_mpfr(y, number(x));
  return rounded_from(y);
#else
  return rounded<double>(in_long_double(static_cast<long double>(x)));
#endif
}
expected<double> binary::operator()(double x, double y) const {
#if LANEWISE_TESTS_MPFR
  number z;
  in_mpfr(z, number(x), number(y));
  return rounded_from(z);
#else
  return rounded<double>(in_long_double(static_cast<long double>(x), static_cast<long double>(y)));
#endif
}

namespace reference {

// In <cmath> and in MPFR under the same name.
#define LANEWISE_TESTS_UNARY(f) \
  const unary f { #f, LANEWISE_TESTS_WIDE1(std::f), LANEWISE_TESTS_EXACT1(mpfr_##f) }
#define LANEWISE_TESTS_BINARY(f) \
  const binary f { #f, LANEWISE_TESTS_WIDE2(std::f), LANEWISE_TESTS_EXACT2(mpfr_##f) }
LANEWISE_TESTS_UNARY(exp);
LANEWISE_TESTS_UNARY(exp2);
LANEWISE_TESTS_UNARY(expm1);
LANEWISE_TESTS_UNARY(log);
LANEWISE_TESTS_UNARY(log2);
LANEWISE_TESTS_UNARY(log10);
LANEWISE_TESTS_UNARY(log1p);
LANEWISE_TESTS_UNARY(sqrt);
LANEWISE_TESTS_UNARY(cbrt);
LANEWISE_TESTS_UNARY(sin);
LANEWISE_TESTS_UNARY(cos);
LANEWISE_TESTS_UNARY(tan);
LANEWISE_TESTS_UNARY(asin);
LANEWISE_TESTS_UNARY(acos);
LANEWISE_TESTS_UNARY(atan);
LANEWISE_TESTS_UNARY(sinh);
LANEWISE_TESTS_UNARY(cosh);
LANEWISE_TESTS_UNARY(tanh);
LANEWISE_TESTS_UNARY(asinh);
LANEWISE_TESTS_UNARY(acosh);
LANEWISE_TESTS_UNARY(atanh);
LANEWISE_TESTS_UNARY(erf);
LANEWISE_TESTS_UNARY(erfc);
LANEWISE_TESTS_BINARY(pow);
LANEWISE_TESTS_BINARY(hypot);
LANEWISE_TESTS_BINARY(atan2);
LANEWISE_TESTS_BINARY(fmod);
const unary exp10{"exp10", LANEWISE_TESTS_WIDE1(lanewise_tests::exp10), LANEWISE_TESTS_EXACT1(mpfr_exp10)};
const unary tgamma{"tgamma", LANEWISE_TESTS_WIDE1(std::tgamma), LANEWISE_TESTS_EXACT1(mpfr_gamma)};
const unary lgamma{"lgamma", LANEWISE_TESTS_WIDE1(lanewise_tests::lgamma), LANEWISE_TESTS_OWN(mpfr_lgamma)};
const unary sinpi{"sinpi", LANEWISE_TESTS_WIDE1(lanewise_tests::sinpi), LANEWISE_TESTS_OWN(mpfr_sinpi)};
const unary cospi{"cospi", LANEWISE_TESTS_WIDE1(lanewise_tests::cospi), LANEWISE_TESTS_OWN(mpfr_cospi)};
const unary sigmoid{"sigmoid", LANEWISE_TESTS_WIDE1(lanewise_tests::sigmoid), LANEWISE_TESTS_OWN(mpfr_sigmoid)};
const unary gelu{"gelu", LANEWISE_TESTS_WIDE1(lanewise_tests::gelu), LANEWISE_TESTS_OWN(mpfr_gelu)};
const unary silu{"silu", LANEWISE_TESTS_WIDE1(lanewise_tests::silu), LANEWISE_TESTS_OWN(mpfr_silu)};
const unary softplus{"softplus", LANEWISE_TESTS_WIDE1(lanewise_tests::softplus), LANEWISE_TESTS_OWN(mpfr_softplus)};

std::vector<const unary*> every_unary() {
  return {&exp,   &exp2,  &exp10, &expm1, &log,    &log2,   &log10,   &log1p, &sqrt, &cbrt,    &sin,
          &cos,   &tan,   &sinpi, &cospi, &asin,   &acos,   &atan,    &sinh,  &cosh, &tanh,    &asinh,
          &acosh, &atanh, &erf,   &erfc,  &tgamma, &lgamma, &sigmoid, &gelu,  &silu, &softplus};
}
std::vector<const binary*> every_binary() { return {&pow, &hypot, &atan2, &fmod}; }

}  // namespace reference
}  // namespace lanewise_tests
