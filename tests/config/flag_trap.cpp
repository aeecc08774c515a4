// SPDX-License-Identifier: MIT
// Compiled, not run, with many flags: are the vectors as wide as the flags promise?
#include <lanewise/lanewise.hpp>

static_assert(lanewise::native_width<float> == LANEWISE_EXPECTED_WIDTH);
static_assert(lanewise::simd<float>::size() == LANEWISE_EXPECTED_WIDTH);
