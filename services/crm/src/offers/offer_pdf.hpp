#pragma once

#include <string>

#include "bordero/crm/v1/offers.pb.h"

namespace bordero::crm {

// The offer as a PDF with fonts of this folder inside. It draws what the snapshot holds and the
// picture that it names, nothing more; the same snapshot gives the same bytes.
std::string offer_pdf(const v1::Offer& offer, const std::string& logo, v1::Language language,
                      const std::string& font_folder);
// "Предложение 2026-000147-2.pdf"
std::string offer_file_name(const v1::Offer& offer, v1::Language language);

}  // namespace bordero::crm
