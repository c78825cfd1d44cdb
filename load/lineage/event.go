package lineage

import (
	"cmp"
	"os"
	"strings"
	"time"

	"github.com/google/uuid"
)

// producer names the program in each event and each facet.
const producer = "urn:hemicycle"

// schemaBase is where the schemas of events and facets are.
const schemaBase = "https://openlineage.io/spec/"

// event is an event of a run.
type event struct {
	EventType string    `json:"eventType"`
	EventTime time.Time `json:"eventTime"`
	Producer  string    `json:"producer"`
	SchemaURL string    `json:"schemaURL"`
	Run       eventRun  `json:"run"`
	Job       eventJob  `json:"job"`
	Inputs    []dataset `json:"inputs"`
	Outputs   []dataset `json:"outputs"`
}

type eventRun struct {
	RunID  string `json:"runId"`
	Facets facets `json:"facets"`
}

type eventJob struct {
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	Facets    facets `json:"facets"`
}

// dataset is what a run reads or writes.
type dataset struct {
	Namespace    string `json:"namespace"`
	Name         string `json:"name"`
	Facets       facets `json:"facets,omitempty"`
	InputFacets  facets `json:"inputFacets,omitempty"`
	OutputFacets facets `json:"outputFacets,omitempty"`
}

// facets say more of a run, a job or a dataset, each under the name that its schema gives it.
type facets map[string]map[string]any

// facet returns a facet with what every facet has; schema is where its schema is, without the ending.
func facet(schema string, values map[string]any) map[string]any {
	_, name, _ := cutLast(schema)
	values["_producer"], values["_schemaURL"] = producer, schemaBase+schema+".json#/$defs/"+name
	return values
}

// event returns an event of the run without its datasets.
func (r *Run) event(kind string, now time.Time) *event {
	e := &event{
		EventType: kind, EventTime: now.UTC(), Producer: producer,
		SchemaURL: schemaBase + "2-0-2/OpenLineage.json#/$defs/RunEvent",
		Run: eventRun{RunID: r.id, Facets: facets{
			"processing_engine": facet("facets/1-1-0/ProcessingEngineRunFacet", map[string]any{
				"name": "hemicycle", "version": r.job.Version,
			}),
		}},
		Job: eventJob{Namespace: namespace(), Name: r.job.Pipeline, Facets: facets{
			"jobType": facet("facets/2-0-3/JobTypeJobFacet", map[string]any{
				"processingType": "BATCH", "integration": "HEMICYCLE", "jobType": "RUN",
			}),
		}},
		Inputs: []dataset{}, Outputs: []dataset{},
	}
	if r.job.Description != "" {
		e.Job.Facets["documentation"] = facet("facets/1-0-0/DocumentationJobFacet",
			map[string]any{"description": r.job.Description})
	}
	if parent := parentRun(os.Getenv("OPENLINEAGE_PARENT_ID")); parent != nil {
		e.Run.Facets["parent"] = facet("facets/1-0-1/ParentRunFacet", parent)
	}
	return e
}

// namespace returns the namespace of jobs, by the variable that other clients read too.
func namespace() string { return cmp.Or(os.Getenv("OPENLINEAGE_NAMESPACE"), "default") }

// parentRun reads the run of a scheduler that started this one, as namespace/job/run. It returns nil if it is none.
// Source: https://openlineage.io/docs/integrations/dbt, and the macro lineage_parent_id of Airflow.
func parentRun(id string) map[string]any {
	before, run, ok := cutLast(id)
	space, job, hasJob := cutLast(before)
	if _, err := uuid.Parse(run); err != nil || !ok || !hasJob || space == "" || job == "" {
		return nil
	}
	return map[string]any{
		"run": map[string]any{"runId": run}, "job": map[string]any{"namespace": space, "name": job},
	}
}

// cutLast cuts a text at its last slash.
func cutLast(s string) (before, after string, ok bool) {
	i := strings.LastIndexByte(s, '/')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}
