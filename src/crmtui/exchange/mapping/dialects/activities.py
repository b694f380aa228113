"""Activities and notes, as Salesforce, HubSpot and Pipedrive export them: tasks, events, calls, meetings, mails.

Where a file has columns for several kinds of activities, of which each row fills those of its own, all of them lead to
the same target: `message`, `message_else`, `message_else_2` and so on.
"""

from __future__ import annotations

from typing import Final

from crmtui.exchange.mapping.dialects.form import Form
from crmtui.exchange.mapping.dialects.salesforce import external
from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.exchange.mapping.targets import DELETED, KEPT

_SALESFORCE_DAYS: Final = """Start Date Time, Start, Activity Date Time, Activity Date, Date, Due Date,
    Due Date Only, Due Date/Time"""

SALESFORCE_ACTIVITIES: Final = Form(
    "salesforce",
    "contact",
    signs=f"""Related To, Comments, Full Comments, Due Date Only, Due Date, Assigned, Company / Account, Task, Event,
        Activity ID, Priority, Status, Activity Type, Task Subtype, Who Id, What Id, Call Disposition, Call Object,
        Call Duration In Seconds, Call Type, Is Closed, Is All Day Event, Duration In Minutes, Owner Id, Subject,
        Event Subtype, Show As, {_SALESFORCE_DAYS}""",
    least=3,
    needs=("Subject", _SALESFORCE_DAYS),
    lacks="""Opportunity Name, Stage, Stage Name, Close Date, First Name, Last Name, Done, Marked as done time,
        Activity assigned to""",
    columns={
        EXTERNAL: "Activity ID, Task ID, Event ID, Id",
        "message": "Subject",
        "day": "Start Date Time, Start, Activity Date Time",
        "day_else": "Activity Date, Date, Due Date, Due Date Only, Due Date/Time",
        "day_else_2": "Created Date",
        "ends": "End Date Time, End",
        "done_at": "Completed Date Time, Completed Date, Completed Date/Time",
        "changed_at": "Last Modified Date",
        "channel": "Task Subtype, Activity Type, Activity Subtype",
        "channel_else": "Type, Event Subtype",
        "state": "Status, Is Closed, Closed",
        "outcome": "Full Comments, Comments, Description",
        "duration": "Call Duration In Seconds, Call Duration (Seconds), Call Duration",
        "duration_else": "Duration In Minutes, Duration (Minutes), Duration",
        "place": "Location",
        "account_id": "Company / Account, Account Name, Account",
        "account_key": "Account ID",
        "opportunity_id": "Opportunity, Opportunity Name",
        "opportunity_key": "Opportunity ID",
        "related": "Related To, What Name",
        "related_key": "What Id, Related To ID",
        "people": "Contact, Contact Name, Name, Who Name",
        "people_else": "Lead, Lead Name",
        "people_key": "Who Id, Contact ID",
        "mails": "Email",
        "actor_id": "Assigned, Assigned To, Owner, Activity Owner",
        "actor_key": "Owner Id, Assigned To ID",
        "is_task": "Task",
        "is_event": "Event, Is Event",
        DELETED: "Is Deleted",
        KEPT: """Priority, Call Type, Call Disposition, Call Result, Call Object, Call Object Identifier,
            Is All Day Event, Show As, Is Private, Is Recurrence, Recurrence Activity Id, Created Date, Created By,
            Created By Id, Last Modified By, Last Modified By Id, System Modstamp, Is Archived, Is High Priority,
            Is Reminder Set, Reminder Date Time, Who Count, What Count, Is Visible In Self Service""",
    },
    prefixes=("activity", "task", "event"),
    external=external,
)

SALESFORCE_NOTES: Final = Form(
    "salesforce",
    "note",
    signs="Parent Id, Is Private, Owner Id, Created By Id, Last Modified By Id, Is Deleted, Body, System Modstamp",
    least=3,
    needs=("Body, Content, Text Preview", "Parent Id"),
    columns={
        EXTERNAL: "Note ID, Id",
        "heading": "Title",
        "text": "Body, Content, Text Preview",
        "day": "Created Date",
        "day_else": "Last Modified Date",
        "related_key": "Parent Id",
        "changed_at": "Last Modified Date",
        DELETED: "Is Deleted",
        KEPT: "Is Private, Owner Id, Created By Id, Last Modified By Id, System Modstamp",
    },
    prefixes=("note",),
    external=external,
)

_HUBSPOT_NAMED: Final = {
    "account_id": """Associated Company (Primary), Primary Associated Company, Associated Company,
        Associated Companies""",
    "account_key": """Associated Company IDs (Primary), Primary Associated Company ID, Associated Company IDs,
        Associated Company ID""",
    "opportunity_id": "Associated Deal, Associated Deals",
    "opportunity_key": "Associated Deal IDs, Associated Deal ID",
    "people": "Associated Contact, Associated Contacts",
    "people_key": "Associated Contact IDs, Associated Contact ID",
}
_HUBSPOT_STAMPS: Final = """Create Date, createdate, hs_createdate, Created by, Object create date/time,
    HubSpot Team, hubspot_team_id, Activity created by, Updated by"""
_HUBSPOT_SUBJECTS: Final = """Call Title, Meeting name, Task Title, Email subject, hs_call_title, hs_meeting_title,
    hs_task_subject, hs_email_subject"""

HUBSPOT_ACTIVITIES: Final = Form(
    "hubspot",
    "contact",
    signs=f"""Activity date, Activity assigned to, Activity Type, hs_timestamp, hs_activity_type, Call notes,
        Call direction, Call duration, Call status, Meeting description, Meeting outcome, Internal notes,
        Task Status, Task Type, Email body, Email direction, Email send status, hs_call_body, hs_meeting_body,
        hs_task_body, hs_email_text, hs_task_status, hs_call_status, hubspot_owner_id, {_HUBSPOT_SUBJECTS}""",
    needs=(_HUBSPOT_SUBJECTS, "Activity date, Start Time, Due date, hs_timestamp, hs_meeting_start_time"),
    lacks="Deal Stage, dealstage, Lifecycle Stage, lifecyclestage, Company Domain Name",
    columns={
        EXTERNAL: "Record ID, hs_object_id, Activity ID, Engagement ID, Call ID, Meeting ID, Task ID, Email ID",
        "message": "Call Title, hs_call_title",
        "message_else": "Meeting name, hs_meeting_title",
        "message_else_2": "Task Title, hs_task_subject",
        "message_else_3": "Email subject, hs_email_subject",
        "outcome": "Call notes, hs_call_body",
        "outcome_else": "Meeting description, hs_meeting_body",
        "outcome_else_2": "Notes, Task notes, hs_task_body",
        "outcome_else_3": "Email body, hs_email_text",
        "outcome_else_4": "Note body, hs_note_body",
        "day": "Start Time, hs_meeting_start_time",
        "day_else": "Activity date, hs_timestamp",
        "day_else_2": "Due date",
        "ends": "End Time, hs_meeting_end_time",
        "done_at": "Completed at, hs_task_completion_date",
        "changed_at": "Last Modified Date, hs_lastmodifieddate, lastmodifieddate",
        "channel": "Activity Type, hs_activity_type, hs_engagement_type",
        "channel_else": "Task Type, hs_task_type",
        "state": "Call status, hs_call_status",
        "state_else": "Meeting outcome, hs_meeting_outcome",
        "state_else_2": "Task Status, hs_task_status",
        "state_else_3": "Email send status, hs_email_status",
        "duration": "Call duration, hs_call_duration",
        "place": "Location, hs_meeting_location",
        "actor_id": "Activity assigned to, Assigned to, Owner",
        "actor_key": "hubspot_owner_id",
        **_HUBSPOT_NAMED,
        KEPT: f"""Call direction, To number, From number, hs_call_direction, hs_call_to_number, hs_call_from_number,
            Internal notes, hs_internal_meeting_notes, Email direction, hs_email_direction, Priority, hs_task_priority,
            {_HUBSPOT_STAMPS}""",
    },
)

HUBSPOT_NOTES: Final = Form(
    "hubspot",
    "note",
    signs=f"""Note body, hs_note_body, Activity date, Activity assigned to, hs_timestamp, hubspot_owner_id,
        {", ".join(_HUBSPOT_NAMED.values())}""",
    needs=("Note body, hs_note_body",),
    lacks=_HUBSPOT_SUBJECTS,
    columns={
        EXTERNAL: "Record ID, hs_object_id, Note ID, Activity ID",
        "text": "Note body, hs_note_body",
        "day": "Activity date, hs_timestamp",
        "day_else": "Create Date, createdate, hs_createdate",
        "changed_at": "Last Modified Date, hs_lastmodifieddate",
        **_HUBSPOT_NAMED,
        KEPT: f"Activity assigned to, Activity Type, hubspot_owner_id, {_HUBSPOT_STAMPS}",
    },
)

_PIPEDRIVE_NAMED: Final = {
    "account_id": "Organization",
    "account_key": "Organization ID",
    "opportunity_id": "Deal, Deal title",
    "opportunity_key": "Deal ID",
    "people": "Contact person",
    "people_key": "Contact person ID",
    "people_else": "Lead",
}

PIPEDRIVE_ACTIVITIES: Final = Form(
    "pipedrive",
    "contact",
    signs="""Subject, Type, Done, Marked as done time, Deal, Deal ID, Lead, Due date, Due time, Duration,
        Assigned to user, Public description, Free/busy, Last notification time, Contact person, Organization,
        Add time, Update time, Creator""",
    least=4,
    needs=("Subject", "Due date, Done, Marked as done time"),
    columns={
        EXTERNAL: "ID",
        "message": "Subject",
        "day": "Due date",
        "day_else": "Add time",
        "hour": "Due time",
        "done_at": "Marked as done time",
        "changed_at": "Update time",
        "channel": "Type",
        "state": "Done",
        "outcome": "Note",
        "outcome_else": "Public description",
        "duration": "Duration",
        "place": "Location",
        "actor_id": "Assigned to user, Owner",
        **_PIPEDRIVE_NAMED,
        KEPT: """Creator, Public description, Last notification time, Free/busy, Priority, Project, Add time,
            Street/road name of Location, House number of Location, City/town/village/locality of Location,
            State/county of Location, Region of Location, Country of Location, ZIP/Postal code of Location,
            Full/combined address of Location, Apartment/suite no of Location, District/sublocality of Location""",
    },
    prefixes=("activity",),
)

PIPEDRIVE_NOTES: Final = Form(
    "pipedrive",
    "note",
    signs="""Content, Deal title, Deal ID, Organization ID, Contact person ID, Note is pinned to deal,
        Note is pinned to organization, Note is pinned to person, Note is pinned to lead, Add time, User, Lead ID""",
    least=3,
    needs=("Content", "Deal ID, Organization, Contact person, Deal title"),
    columns={
        EXTERNAL: "ID",
        "text": "Content",
        "day": "Add time",
        "day_else": "Update time",
        "changed_at": "Update time",
        **_PIPEDRIVE_NAMED,
        KEPT: """User, Lead ID, Project, Note is pinned to deal, Note is pinned to organization,
            Note is pinned to person, Note is pinned to lead, Note is pinned to project""",
    },
    prefixes=("note",),
)

FORMS: Final = (
    SALESFORCE_ACTIVITIES,
    SALESFORCE_NOTES,
    HUBSPOT_ACTIVITIES,
    HUBSPOT_NOTES,
    PIPEDRIVE_ACTIVITIES,
    PIPEDRIVE_NOTES,
)
