// SPDX-License-Identifier: MIT
// Everything, except the opt-in headers data/csv.hpp (<fstream>), simd/print.hpp (<ostream>) and profile/.

#include "lanewise/config/version.hpp"
#include "lanewise/data/matrix.hpp"
#include "lanewise/data/matrix_view.hpp"
#include "lanewise/dispatch/dispatch.hpp"
#include "lanewise/kernels/gemm.hpp"
#include "lanewise/kernels/kmeans.hpp"
#include "lanewise/kernels/reduce.hpp"
#include "lanewise/loops/parallelize.hpp"
#include "lanewise/loops/static_for.hpp"
#include "lanewise/loops/thread_pool.hpp"
#include "lanewise/loops/tile.hpp"
#include "lanewise/loops/vectorize.hpp"
#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/convert.hpp"
#include "lanewise/simd/reduce.hpp"
#include "lanewise/simd/simd.hpp"
