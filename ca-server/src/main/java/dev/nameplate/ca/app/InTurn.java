package dev.nameplate.ca.app;

import dev.nameplate.ca.edge.est.EstFeatures;
import dev.nameplate.ca.enrollment.EnrollmentOutcome;
import dev.nameplate.ca.enrollment.KeyDelivery;
import dev.nameplate.ca.storm.Turn;
import dev.nameplate.ca.storm.Turns;

/** Puts admission before what the device door has done for devices. */
record InTurn(Turns turns) {
    EstFeatures.Enrol enrol(EstFeatures.Enrol enrol) {
        return (device, label, csr, request) -> switch (turns.ask(device, label)) {
            case Turn.Later(var refusal) -> new EnrollmentOutcome.Refused(refusal);
            case Turn.Now now -> {
                try {
                    yield enrol.enroll(device, label, csr, request);
                } finally {
                    now.end();
                }
            }
        };
    }

    EstFeatures.Deliver deliver(EstFeatures.Deliver deliver) {
        return (device, label, asked) -> switch (turns.ask(device, label)) {
            case Turn.Later(var refusal) -> new KeyDelivery.Refused(refusal);
            case Turn.Now now -> {
                try {
                    yield deliver.deliver(device, label, asked);
                } finally {
                    now.end();
                }
            }
        };
    }
}
