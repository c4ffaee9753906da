"""One thing, many faces: the catalogue, a result or a finding as workbook, table, page or report."""
