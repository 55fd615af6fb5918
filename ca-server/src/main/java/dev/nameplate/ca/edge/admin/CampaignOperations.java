package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.renewal.Campaign;
import dev.nameplate.ca.renewal.Campaigns;
import dev.nameplate.ca.renewal.PullId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Campaigns: create, list, show, who is stuck, stop. */
final class CampaignOperations {
    private static final String GROUP = "renewal";
    private static final String PATH = "/api/v1/campaigns";
    private static final Parameter ID = Parameter.path("id", PullId.class, "the campaign");
    private static final int MOST_SHOWN = 100;

    private final Campaigns campaigns;

    CampaignOperations(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    List<Operation> all() {
        return List.of(
                Operation.post(GROUP, PATH)
                        .called("createCampaign", "Pulls a cohort's renewals forward, to be watched to its goal.")
                        .taking(NewCampaign.class)
                        .refusing(409)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.created("The campaign.", CampaignView.class), this::create),
                Operation.get(GROUP, PATH)
                        .called("listCampaigns", "Lists campaigns, the newest first, at most 100.")
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("Campaigns.", Page.class, CampaignView.class), this::list),
                Operation.get(GROUP, PATH + "/{id}")
                        .called("showCampaign", "Shows a campaign, and counts how far its devices are.")
                        .with(ID)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("The campaign.", CampaignDetails.class), this::show),
                Operation.get(GROUP, PATH + "/{id}/stuck")
                        .called("listStuckDevices", "Lists the devices that are not where the campaign wants them.")
                        .with(ID)
                        .paged(DeviceId.class)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("Devices.", Page.class, StragglerView.class), this::stuck),
                Operation.delete(GROUP, PATH + "/{id}")
                        .called("stopCampaign", "Stops a campaign: devices go by their own time again.")
                        .with(ID)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("The campaign.", CampaignView.class), this::stop));
    }

    private Result create(Call call) {
        NewCampaign wish = call.body(NewCampaign.class);
        NewPull pull = wish.pull();
        return result(campaigns.create(wish.aim(), pull.window(), pull.why(), call.cause()));
    }

    private Result list(Call call) {
        return new Result.Done(new Page<>(
                campaigns.newest(MOST_SHOWN).stream().map(CampaignView::of).toList(), Optional.empty()));
    }

    private Result show(Call call) {
        return withOne(
                call,
                campaign ->
                        new Result.Done(new CampaignDetails(CampaignView.of(campaign), campaigns.progress(campaign))));
    }

    private Result stuck(Call call) {
        PageLimit limit = call.limit();
        return withOne(
                call,
                campaign -> new Result.Done(Page.full(
                        campaigns.stragglers(campaign, call.query("after", DeviceId.class), limit.value()),
                        limit,
                        straggler -> straggler.newest().device(),
                        StragglerView::of)));
    }

    private Result stop(Call call) {
        return result(campaigns.stop(call.path("id", PullId.class), call.cause()));
    }

    private Result withOne(Call call, Function<Campaign, Result> then) {
        PullId id = call.path("id", PullId.class);
        return campaigns.find(id).map(then).orElseGet(() -> new Result.Refused(new Refusal.NotFound("campaign " + id)));
    }

    private static Result result(Campaigns.Outcome outcome) {
        return switch (outcome) {
            case Campaigns.Outcome.Done(var campaign) -> new Result.Done(CampaignView.of(campaign));
            case Campaigns.Outcome.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }
}
