// SPDX-License-Identifier: MIT
// All math functions of simd<float, N> and simd<double, N>; each header of the folder math/ also stands alone. Their
// largest errors are stated in math/max_ulp.hpp. 16-bit floats: cast to float and back.

#include "lanewise/simd/math/activation.hpp"
#include "lanewise/simd/math/error_function.hpp"
#include "lanewise/simd/math/exp.hpp"
#include "lanewise/simd/math/gamma.hpp"
#include "lanewise/simd/math/hyperbolic.hpp"
#include "lanewise/simd/math/inverse_hyperbolic.hpp"
#include "lanewise/simd/math/inverse_trigonometric.hpp"
#include "lanewise/simd/math/log.hpp"
#include "lanewise/simd/math/max_ulp.hpp"
#include "lanewise/simd/math/parts.hpp"
#include "lanewise/simd/math/pow.hpp"
#include "lanewise/simd/math/trigonometric.hpp"
#include "lanewise/simd/round.hpp"
