//! A table of elements being read: which row and column a cell stands in when others span some.

use super::Place;

#[derive(Debug)]
pub(super) struct Grid {
    table: u32,
    /// Rows begun.
    rows: u32,
    /// The column of the next cell, unless a cell above spans it.
    next: u32,
    /// For each column the row that a spanning cell above leaves free again.
    free_from: Vec<u32>,
    pub(super) in_head: bool,
    /// The cell that is open.
    pub(super) cell: Option<Place>,
}

impl Grid {
    pub(super) fn new(table: u32) -> Self {
        Self { table, rows: 0, next: 0, free_from: Vec::new(), in_head: false, cell: None }
    }

    pub(super) fn start_row(&mut self) {
        self.rows += 1;
        self.next = 0;
        self.cell = None;
    }

    pub(super) fn start_cell(&mut self, header: bool, (rows, columns): (u32, u32)) {
        let row = self.rows.saturating_sub(1);
        // Zero rows mean all that follow.
        let rows = if rows == 0 { Place::MOST_SPANNED } else { rows.min(Place::MOST_SPANNED) };
        // What stands beyond the last column counts as in it.
        let taken = |column: u32| self.free_from.get(column as usize).is_some_and(|free| *free > row);
        let column = (self.next..Place::MOST_COLUMNS)
            .find(|column| !taken(*column))
            .unwrap_or(Place::MOST_COLUMNS - 1);
        let columns = columns.clamp(1, Place::MOST_COLUMNS - column);
        let end = (column + columns) as usize;
        if self.free_from.len() < end {
            self.free_from.resize(end, 0);
        }
        self.free_from[column as usize..end].fill(row + rows);
        self.next = column + columns;
        let header = header || self.in_head;
        self.cell = Some(Place { table: self.table, row, column, rows, columns, header });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spanned_places_are_left_out() {
        let mut grid = Grid::new(0);
        let mut columns = Vec::new();
        for row in [&[(2, 1), (1, 2), (1, 1)][..], &[(1, 1), (1, 1)], &[(1, 1)]] {
            grid.start_row();
            for spans in row {
                grid.start_cell(false, *spans);
                columns.extend(grid.cell.map(|place| (place.row, place.column)));
            }
        }
        assert_eq!(columns, [(0, 0), (0, 1), (0, 3), (1, 1), (1, 2), (2, 0)]);
    }
}
