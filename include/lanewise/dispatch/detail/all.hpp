// SPDX-License-Identifier: MIT
// Everything in the dispatch library. Read once for each target; no include guard.

#include "lanewise/dispatch/detail/extrema.hpp"
#include "lanewise/dispatch/detail/gemm.hpp"
#include "lanewise/dispatch/detail/kmeans.hpp"
#include "lanewise/dispatch/detail/reduce.hpp"
#include "lanewise/dispatch/detail/selection.hpp"
#include "lanewise/dispatch/detail/statistics.hpp"
