// SPDX-License-Identifier: MIT
// The machine's limits: multiply-adds per second of each target, and read and copy bandwidth of each level of memory.

#include <lanewise/dispatch/foreach_target.hpp>
#include <lanewise/loops/static_for.hpp>
#include <lanewise/loops/vectorize.hpp>
#include <lanewise/simd/arithmetic.hpp>
#include <lanewise/simd/reduce.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <utility>

#include <lanewise/data/aligned_buffer.hpp>
#include <lanewise/loops/thread_pool.hpp>

#include "limits.hpp"
#include "report.hpp"

LANEWISE_BEGIN_KERNEL_FILE(bench)

/// Independent chains: at least latency x units (4 x 2 on today's x86, 4 x 4 on some Arm cores), at most what fits the
/// registers beside two operands, 32 of them with AVX-512 and on Arm, 16 elsewhere.
inline constexpr std::size_t chains = HWY_MAX_BYTES == 64 || HWY_ARCH_ARM ? 24 : 12;

/// rounds x chains multiply-adds of one register each.
template <class T>
T multiply_add(std::int64_t rounds, T factor, T term) {
  using v = lw::simd<T>;
  const v a = factor, b = term;
  v acc[chains];
  lw::static_for<chains>([&]<std::size_t i>() LANEWISE_ATTR { acc[i] = v(static_cast<T>(i)); });
  for (; rounds > 0; --rounds) {
    lw::static_for<chains>([&]<std::size_t i>() LANEWISE_ATTR { acc[i] = fma(acc[i], a, b); });
  }
  v total{};
  lw::static_for<chains>([&]<std::size_t i>() LANEWISE_ATTR { total += acc[i]; });
  return reduce_add(total);
}
float fma_f32(std::int64_t rounds, float a, float b) { return multiply_add(rounds, a, b); }
double fma_f64(std::int64_t rounds, double a, double b) { return multiply_add(rounds, a, b); }

/// Flops of one round.
std::size_t fma_flops(std::size_t element_bytes) { return 2 * chains * HWY_MAX_BYTES / element_bytes; }

inline constexpr std::size_t words = lw::native_width<std::uint32_t>;

template <std::size_t registers>
std::uint32_t read_in_steps(const std::uint32_t* x, std::size_t n) {
  lw::simd<std::uint32_t, registers * words> acc{};
  lw::vectorize<registers * words, 1, lanewise::tail::masked>(
      n, [&](auto block) LANEWISE_ATTR { acc ^= block.load(x); });
  return reduce_add(acc);
}

template <std::size_t registers>
std::uint32_t read_in_steps(const std::uint32_t* x, const std::uint32_t* y, std::size_t n) {
  lw::simd<std::uint32_t, registers * words / 2> a{}, b{};
  lw::vectorize<registers * words / 2, 1, lanewise::tail::masked>(n, [&](auto block) LANEWISE_ATTR {
    a ^= block.load(x);
    b ^= block.load(y);
  });
  return reduce_add(a ^ b);
}

/// y may be null.
std::uint32_t read_by_4(const std::uint32_t* x, const std::uint32_t* y, std::size_t n) {
  return y == nullptr ? read_in_steps<4>(x, n) : read_in_steps<4>(x, y, n);
}
std::uint32_t read_by_8(const std::uint32_t* x, const std::uint32_t* y, std::size_t n) {
  return y == nullptr ? read_in_steps<8>(x, n) : read_in_steps<8>(x, y, n);
}

void copy_words(const std::uint32_t* from, std::uint32_t* to, std::size_t n) {
  lw::vectorize<4 * words, 1, lanewise::tail::masked>(
      n, [&](auto block) LANEWISE_ATTR { block.store(to, block.load(from)); });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace bench {

LANEWISE_EXPORT(fma_f32);
LANEWISE_EXPORT(fma_f64);
LANEWISE_EXPORT(fma_flops);
LANEWISE_EXPORT(read_by_4);
LANEWISE_EXPORT(read_by_8);
LANEWISE_EXPORT(copy_words);

template <class T>
row fma_limit(const std::string& target, std::size_t workers) {
  lanewise::use_target(target);
  const double flops = static_cast<double>(LANEWISE_CALL(fma_flops)(sizeof(T)));
  const auto rounds = static_cast<std::int64_t>(200'000.0 / flops * 64);
  // The chains tend to term / (1 - factor), far from 0 and infinity. Volatile: not known to the compiler.
  const auto run = [rounds] {
    volatile T factor = T(0.75), term = T(1.5);
    if constexpr (sizeof(T) == 4) {
      return LANEWISE_CALL(fma_f32)(rounds, factor, term);
    } else {
      return LANEWISE_CALL(fma_f64)(rounds, factor, term);
    }
  };
  row r{.name = "FMA " + target, .role = role::limit, .target = target};
  r.work = flops * static_cast<double>(rounds) * static_cast<double>(workers);
  r.key = std::string("fma/f") + (sizeof(T) == 4 ? "32/" : "64/") + target + '/' + std::to_string(workers);
  if (workers == 1) {
    r.loop = timed(run);
  } else {
    r.loop = timed([run, workers] {
      lanewise::default_executor().run(
          workers, [](void* f, std::size_t) { benchmark::DoNotOptimize((*static_cast<decltype(run)*>(f))()); },
          const_cast<void*>(static_cast<const void*>(&run)));
    });
  }
  return r;
}
template row fma_limit<float>(const std::string&, std::size_t);
template row fma_limit<double>(const std::string&, std::size_t);

std::vector<row> read_limits(const void* p, const void* q, std::size_t bytes) {
  lanewise::use_target(targets().front());
  std::vector<row> rows;
  for (const auto& [name, read] :
       {std::pair("read x 4", LANEWISE_CALL(read_by_4)), std::pair("read x 8", LANEWISE_CALL(read_by_8))}) {
    row r{.name = name, .role = role::limit, .target = targets().front()};
    r.work = static_cast<double>(bytes) * (q == nullptr ? 1 : 2);
    r.loop = timed([read, x = static_cast<const std::uint32_t*>(p), y = static_cast<const std::uint32_t*>(q),
                    n = bytes / 4] { return read(x, y, n); });
    rows.push_back(std::move(r));
  }
  return rows;
}

namespace {

/// A level of memory, and a size of working set that lies in it and in no smaller one.
struct level {
  std::string name;
  std::size_t bytes;
};

std::vector<level> levels() {
  std::map<int, std::size_t> cache{{1, 32 << 10}, {2, 1 << 20}, {3, 16 << 20}};
  std::map<int, std::size_t> found;
  for (const auto& c : benchmark::CPUInfo::Get().caches) {
    if (c.type != "Instruction" && c.size > 0) found[c.level] = static_cast<std::size_t>(c.size);
  }
  if (!found.empty()) cache = found;
  std::vector<level> result;
  for (const auto& [number, bytes] : cache) result.push_back({"L" + std::to_string(number), bytes / 2});
  const std::size_t last = cache.rbegin()->second;
  result.push_back({"DRAM", std::clamp<std::size_t>(4 * last, 64 << 20, 512 << 20)});
  return result;
}

std::vector<table> limit_tables() {
  std::vector<table> tables;
  const auto add_peak = [&]<class T>(const std::string& type) {
    table t{.name = "fma/" + type, .title = type, .counted = unit::flops};
    t.rows = [] {
      std::vector<row> rows;
      for (const std::string& target : targets()) rows.push_back(fma_limit<T>(target));
      return rows;
    };
    tables.push_back(t);
  };
  add_peak.operator()<float>("f32");
  add_peak.operator()<double>("f64");

  table memory{.name = "memory", .title = "memory", .repetitions = 7};
  memory.rows = [] {
    std::vector<row> rows;
    const std::vector<level> all = levels();
    const auto data = std::make_shared<lanewise::aligned_buffer<std::uint32_t>>(all.back().bytes / 4);
    std::fill(data->begin(), data->end(), 1u);
    lanewise::use_target(targets().front());
    for (const level& l : all) {
      for (row& read : read_limits(data->data(), nullptr, l.bytes)) {
        read.name = read.name.replace(0, 4, "read " + l.name);  // "read L2 x 4"
        read.loop = [data, loop = read.loop](benchmark::State& state) { loop(state); };  // keeps the data
        rows.push_back(read);
      }
      row copy{.name = "copy " + l.name, .role = role::limit, .target = targets().front()};
      copy.work = static_cast<double>(l.bytes);  // half is read, half is written
      copy.loop = timed([data, f = LANEWISE_CALL(copy_words), n = l.bytes / 8] { f(data->data(), data->data() + n, n); });
      rows.push_back(copy);
    }
    return rows;
  };
  tables.push_back(memory);
  return tables;
}

void print_limits(const std::vector<table_result>& results) {
  const auto rate = [](const table_result& t, const std::string& name) -> std::string {
    const row_result* r = t.find(name);
    for (const char* variant : {" x 4", " x 8"}) {
      const row_result* other = t.find(name + variant);
      if (other != nullptr && (r == nullptr || other->rate(t.table.work) > r->rate(t.table.work))) r = other;
    }
    return r == nullptr ? "-" : number_text(r->rate(t.table.work)) + (r->spread() > unstable_spread ? "~" : " ");
  };
  heading("Limits of this machine, one core", "");
  if (results.size() >= 2) {
    std::printf("  %-26s", "FMA peak, GFLOP/s");
    for (const table_result& t : results) {
      if (t.table.counted == unit::flops) std::printf("%10s ", t.table.title.c_str());
    }
    std::printf("\n");
    for (const std::string& target : targets()) {
      std::printf("  %-26s", ("  " + target).c_str());
      for (const table_result& t : results) {
        if (t.table.counted == unit::flops) std::printf("%11s", rate(t, "FMA " + target).c_str());
      }
      std::printf("\n");
    }
  }
  for (const table_result& t : results) {
    if (t.table.name != "memory") continue;
    std::printf("  %-26s", "Bandwidth, GB/s");
    for (const level& l : levels()) std::printf("%10s ", l.name.c_str());
    std::printf("\n  %-26s", "  working set");
    for (const level& l : levels()) std::printf("%10s ", bytes_text(static_cast<double>(l.bytes)).c_str());
    for (const char* what : {"read", "copy"}) {
      std::printf("\n  %-26s", ("  " + std::string(what)).c_str());
      for (const level& l : levels()) std::printf("%11s", rate(t, what + (" " + l.name)).c_str());
    }
    std::printf("\n");
  }
  std::fflush(stdout);
}

const registration limits{
    {.name = "limits", .order = 0, .tables = limit_tables, .print = print_limits, .always = true}};

}  // namespace
}  // namespace bench
#endif
