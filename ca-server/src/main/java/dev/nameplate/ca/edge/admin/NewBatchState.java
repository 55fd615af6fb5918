package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.factory.Batch;

/** What a batch is to be: open or paused. */
record NewBatchState(Batch.State state) {}
