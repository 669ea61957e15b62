// Any text as a recording: reading and auditing it end, and what is found stands in it.
#include "harness/run/recorded/audit.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

using namespace mailspec;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto read = run::recorded::read(text, "log");
    if (!std::holds_alternative<run::recorded::recording>(read))
        return 0;
    const auto audited = run::recorded::audit(std::get<run::recorded::recording>(read), std::nullopt);
    if (const auto* record = std::get_if<verdict::scenario_record>(&audited))
        for (const auto& each : record->findings)
            if (each.transcript_at >= record->transcript.size())
                std::abort();
    return 0;
}
