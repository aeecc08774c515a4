// SPDX-License-Identifier: MIT
// Uses a bit of everything. Compiled twice for one program, with different flags; LANEWISE_PART names the function.
#include <lanewise/data/csv.hpp>
#include <lanewise/lanewise.hpp>
#include <lanewise/simd/print.hpp>

#include <sstream>
#include <string>
#include <vector>

/// Empty if all results are right, else what is wrong.
std::string LANEWISE_PART() {
  constexpr std::size_t n = 100003;
  std::vector<float> x(n), y(n);
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    x[i] = static_cast<float>(i % 17);
    sum += x[i];
  }
  if (lanewise::sum(x) != static_cast<float>(sum)) return "sum";
  if (lanewise::min(x) != 0 || lanewise::max(x) != 16) return "min or max";
  if (lanewise::dot(std::vector<int>{1, 2}, std::vector<int>{3, 4}) != 11) return "dot";

  lanewise::vectorize<16, 2, lanewise::tail::masked>(
      n, [&](auto block) LANEWISE_ATTR { block.store(y.data(), block.load(x.data()) * 2.0f); });
  for (std::size_t i = 0; i < n; ++i) {
    if (y[i] != 2 * x[i]) return "vectorize";
  }
  lanewise::thread_pool pool(2);
  lanewise::parallelize(
      n, 1000,
      [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) y[i] += 1;
      },
      pool);
  for (std::size_t i = 0; i < n; ++i) {
    if (y[i] != 2 * x[i] + 1) return "parallelize";
  }

  using v = lanewise::simd<double, 8>;
  const v lanes = lanewise::sqrt(v::iota(1.0) * v::iota(1.0));
  std::ostringstream out;
  out << lanes << lanewise::cast<int>(lanes) << (lanes > v(4.0));
  if (out.str() != "{1, 2, 3, 4, 5, 6, 7, 8}{1, 2, 3, 4, 5, 6, 7, 8}{0, 0, 0, 0, 1, 1, 1, 1}")
    return "simd: " + out.str();
  if (lanewise::reduce_add(lanes) != 36) return "reduce_add";

  lanewise::matrix<float> a{{1, 2}, {3, 4}}, b{{5, 6}, {7, 8}}, c(2, 2);
  lanewise::matmul(a, b, c);
  if (c(0, 0) != 19 || c(0, 1) != 22 || c(1, 0) != 43 || c(1, 1) != 50) return "matmul";
  const auto clusters = lanewise::kmeans(lanewise::matrix<float>{{0}, {1}, {10}, {11}}, 2);
  if (clusters.inertia != 1) return "kmeans";
  try {
    lanewise::read_csv<float>("no such file");
    return "read_csv";
  } catch (const std::exception&) {
  }
#ifdef LANEWISE_DISPATCH
  if (lanewise::cpu_info().usable.empty()) return "cpu_info";
#else
  const lanewise::cpu_description description{
      .cpu = "x", .detected = {"y"}, .compiled = {}, .usable = {}, .chosen = {}};
  const lanewise::cpu_description copy = description;
  if (copy.cpu != "x") return "cpu_description";
#endif
  return "";
}
